package costlake.deliver;

import costlake.report.FigureFormat;
import costlake.report.PrintedRow;
import costlake.report.SafeNames;
import costlake.report.Statement;
import costlake.report.StatementSentences;
import costlake.report.StatementStatus;
import costlake.template.Templates;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes mails to teams in one language, with the number format of this language. */
final class MailWriter {
  private static final int NAME_MAX = 60;
  private static final String FOLDER = "reports/mail";

  private final FigureFormat figures;
  private final MailTexts words;
  private final StatementSentences sentences;
  private final LineLinks links;
  private final Templates html;
  private final Templates text;

  MailWriter(Locale locale, LineLinks links) {
    this.links = links;
    this.figures = new FigureFormat(locale);
    this.words = new MailTexts(locale);
    this.sentences = new StatementSentences(locale);
    this.html = Templates.html(FOLDER, locale);
    this.text = Templates.text(FOLDER, locale);
  }

  MailContent content(OutgoingStatement statement) {
    Statement.Head head = statement.parts().get(0).head();
    String team = team(head);
    String subject = subject(statement.issue(), team, statement.parts());
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("lang", words.language());
    context.put("subject", subject);
    context.put("t", words.labels());
    context.put("team", team);
    context.put("month", figures.month(head.month()));
    context.put("number", words.say("number", statement.numbers()));
    context.put("preliminary", !statement.issue().closed());
    context.put(
        "cost_centre",
        head.costCentre() == null
            ? ""
            : words.say(
                "cost_centre", SafeNames.shorten(SafeNames.plain(head.costCentre()), NAME_MAX)));
    context.put("company", SafeNames.plain(head.company()));
    context.put(
        "questions",
        words.say("questions", figures.day(head.disputeUntil()), SafeNames.plain(head.contact())));
    context.put("parts", statement.parts().stream().map(this::part).toList());
    return new MailContent(
        words.language(),
        subject,
        text.print("letter.txt", context),
        html.print("letter.html", context),
        "statement-%s-%s.pdf"
            .formatted(YearMonth.from(head.month()), SafeNames.folder(head.receiver().id())),
        ByteBuffer.wrap(statement.pdf().get()));
  }

  static String team(Statement.Head head) {
    String name = head.receiver().title();
    return SafeNames.shorten(SafeNames.plain(name), NAME_MAX);
  }

  private String subject(StatementStatus issue, String team, List<Statement> parts) {
    Statement.Head head = parts.get(0).head();
    String totals = parts.stream().map(s -> total(s.head())).collect(Collectors.joining(" + "));
    String change = change(head.total(), head.previous());
    return words.say(
        issue.closed() ? "subject" : "preliminary.subject",
        team,
        figures.month(head.month()),
        parts.size() > 1 || change.equals(FigureFormat.UNKNOWN)
            ? totals
            : words.say("subject.change", totals, change));
  }

  private String change(BigDecimal now, @Nullable BigDecimal before) {
    return figures.change(now, before, earlier -> words.say("change.from", earlier));
  }

  /** Says what a day cost, and how that changed: months differ in days. */
  private String day(Statement s) {
    Statement.Head head = s.head();
    String cost = money(head.currency(), figures.whole(s.perDay()));
    return head.previous() == null
        ? words.say("day", cost)
        : words.say(
            "day.change",
            cost,
            change(s.perDay(), head.previousPerDay()),
            figures.month(head.month().minusMonths(1)));
  }

  private static String money(String currency, String figure) {
    return currency + "\u00a0" + figure;
  }

  private String total(Statement.Head head) {
    return money(head.currency(), figures.money(head.total()));
  }

  /**
   * Returns the text about the total in the reporting currency of the team; empty if the team has
   * no reporting currency.
   */
  private String converted(Statement.Head head) {
    Statement.Conversion to = head.converted();
    if (to == null) {
      return "";
    }
    return to.rate() == null
        ? words.say("converted.unknown", to.currency(), figures.month(head.month()))
        : words.say(
            "converted",
            money(to.currency(), figures.money(to.total())),
            money(to.currency(), figures.exact(to.rate())),
            head.currency(),
            SafeNames.shorten(SafeNames.plain(Objects.requireNonNull(to.source())), NAME_MAX),
            figures.day(Objects.requireNonNull(to.date())));
  }

  private Map<String, Object> part(Statement s) {
    Statement.Head head = s.head();
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("currency", head.currency());
    part.put("day", day(s));
    part.put("total", total(head));
    part.put("converted", converted(head));
    part.put("sum", figures.money(head.total()));
    part.put("change", change(head.total(), head.previous()));
    part.put("against", words.say("against", figures.month(head.month().minusMonths(1))));
    part.put("rising", head.difference() != null && head.difference().signum() > 0);
    part.put("budget", sentences.spent(s));
    part.put("why", sentences.why(s));
    part.put("rows", s.lines("bridge").stream().map(this::row).toList());
    part.put("uses", sentences.uses(s));
    part.put("actions", new Actions(s, sentences, words, links).proposed());
    part.put("amortised", words.say("amortised", head.currency()));
    return part;
  }

  private Map<String, String> row(PrintedRow line) {
    BigDecimal cost = line.decimal("cost_shown");
    return Map.of(
        "name", sentences.kind(SafeNames.plain(line.text("name"))),
        "cost", figures.money(cost),
        "change", change(cost, line.decimalOrNull("previous_shown")));
  }
}
