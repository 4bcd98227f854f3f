package costlake.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Renders the pages of a statement, in a fixed order. */
final class Pages {
  /**
   * A page with its template and its title.
   *
   * @param joins whether the page may start on the sheet of the page before, if all of it fits
   *     there
   * @param appears whether a statement has this page
   */
  private record Page(String template, String title, boolean joins, Predicate<Statement> appears) {}

  private static final List<Page> ORDER =
      List.of(
          new Page("summary", "Summary", false, s -> true),
          new Page("where", "Where it went", false, s -> !s.lines().isEmpty()),
          new Page("changes", "Why it changed", false, s -> !s.changes().isEmpty()),
          new Page("accelerators", "Accelerators", false, s -> !s.accelerators().isEmpty()),
          new Page(
              "value",
              "Unit economics and value",
              false,
              s -> !s.held().isEmpty() || !s.named("model").isEmpty() || !s.values().isEmpty()),
          new Page("shared", "How shared cost is split", true, s -> !s.pools().isEmpty()),
          new Page("quality", "Data quality", true, s -> true),
          new Page("definitions", "Definitions and how to dispute", true, s -> true));

  private static final String TEMPLATE = "statement";

  private final ReportTemplates templates;
  private final FigureFormat figures;
  private final StatementTexts words;

  Pages(Locale locale) {
    this.templates = new ReportTemplates(locale);
    this.figures = templates.figures();
    this.words = templates.words();
  }

  /** Renders all pages of a receiver's month as one web page, with a part for each currency. */
  String web(List<Statement> statements, StatementStatus issue) {
    return templates.html(TEMPLATE, context(statements, issue, false, null));
  }

  /** Renders the document as a page of a site. */
  String site(List<Statement> statements, StatementStatus issue, SiteParts site) {
    return templates.html(TEMPLATE, context(statements, issue, false, site));
  }

  /**
   * Renders the document for the PDF. Replaces characters that the fonts cannot show with boxes,
   * and then adds a note.
   */
  String print(List<Statement> statements, StatementStatus issue) {
    Map<String, @Nullable Object> context = context(statements, issue, true, null);
    String html = templates.html(TEMPLATE, context);
    if (Glyphs.cover(html)) {
      return html;
    }
    context.put("boxed", true);
    return Glyphs.boxed(templates.html(TEMPLATE, context));
  }

  private Map<String, @Nullable Object> context(
      List<Statement> statements, StatementStatus issue, boolean print, @Nullable SiteParts site) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("print", print);
    context.put("site", site);
    context.put("boxed", false);
    context.put("issue", issue);
    context.put("title", title(statements.get(0), issue));
    context.put("parts", statements.stream().map(s -> part(s, issue)).toList());
    return context;
  }

  String title(Statement statement, StatementStatus issue) {
    Statement.Head head = statement.head();
    return words.say(
        "{0}, statement{1} of {2}",
        SafeNames.plain(head.receiver().title()), issue.suffix(" "), figures.month(head.month()));
  }

  private Map<String, @Nullable Object> part(Statement s, StatementStatus issue) {
    StatementFindings findings = new StatementFindings(s, figures, words);
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    part.put("s", s);
    part.put("head", s.head());
    part.put("number", issue.id(s.head().number()));
    part.put("issued", issue.issuedOn() == null ? null : figures.day(issue.issuedOn()));
    part.put("example", s.lines().isEmpty() ? s.head().number() + "/b-01" : s.lines().get(0).id());
    part.put("disputeUntil", figures.day(s.head().disputeUntil()));
    part.put("receiver", SafeNames.plain(s.head().receiver().title()));
    part.put("month", figures.month(s.head().month()));
    part.put("before", figures.month(s.head().month().minusMonths(1)));
    part.put(
        "pages",
        ORDER.stream()
            .filter(p -> p.appears().test(s))
            .map(
                p ->
                    Map.of(
                        "template",
                        "pages/" + p.template(),
                        "title",
                        words.say(p.title()),
                        "joins",
                        p.joins(),
                        "id",
                        anchor(p, s)))
            .toList());
    part.put("find", findings);
    part.putAll(charts(s));
    return part;
  }

  private Map<String, Object> charts(Statement s) {
    Map<String, Object> charts = new LinkedHashMap<>();
    BridgeChart bridge = new BridgeChart(figures, words);
    charts.put("bridge", bridge.chart(s.lines("bridge"), s.head().total()));
    charts.put("changes", new ChangesChart(figures, words).chart(s.changes("effect")));
    HistoryChart history = new HistoryChart(figures, words);
    charts.put("history", history.chart(s.history(), s.head().month(), s.splitSince()));
    charts.put("bars", new AcceleratorChart(figures, words).chart(s.accelerators()));
    charts.put("clock", new IdleHoursChart(figures, words).chart(s.idleHours()));
    return charts;
  }

  private static String anchor(Page page, Statement s) {
    return page.template() + "-" + s.head().currency();
  }
}
