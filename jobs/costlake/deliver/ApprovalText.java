package costlake.deliver;

import costlake.approve.Approval;
import costlake.approve.ApprovalAct;
import costlake.approve.ApprovalRequest;
import costlake.approve.Approvals;
import costlake.approve.LikelyRange;
import costlake.approve.Price;
import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a run would cost and how to decide about it, or how it was decided. */
final class ApprovalText implements LetterText {
  private static final int NAME_MAX = 60;
  private static final int REASON_MAX = 300;

  private final FigureFormat figures;
  private final MailTexts words;
  private final Approvals approvals;
  private final Approval approval;
  private final ApprovalRequest request;

  ApprovalText(Locale locale, Approvals approvals, Approval approval) {
    this.figures = new FigureFormat(locale);
    this.words = new MailTexts(locale);
    this.approvals = approvals;
    this.approval = approval;
    this.request = approval.request();
  }

  @Override
  public String language() {
    return words.language();
  }

  @Override
  public String subject() {
    return words.say(key("subject"), run(), money(request.projectedCost()));
  }

  @Override
  public String text() {
    return isRequest() ? lines(requested()) : lines(decided());
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n", "", "\n"));
  }

  private boolean isRequest() {
    return approval.act() == ApprovalAct.Kind.REQUESTED;
  }

  private String key(String name) {
    return "approval." + approval.act().name().toLowerCase(Locale.ROOT) + "." + name;
  }

  private Stream<String> requested() {
    String decide = "costlake approve decide %s %s --why \"...\"";
    return Stream.of(
        words.say(
            "approval.asks",
            plain(request.requester(), NAME_MAX),
            run(),
            plain(request.teamId(), NAME_MAX),
            request.accelerators() + " \u00d7 " + request.price().acceleratorModel(),
            figures.digits(request.hours().stripTrailingZeros())),
        price(),
        likely(),
        approvals
            .remaining(request.teamId())
            .map(left -> words.say("approval.remaining", money(left)))
            .orElseGet(() -> words.say("approval.no_budget")),
        reason(request.why()),
        "",
        words.say("approval.decide", day(approval.expiresAt())),
        "",
        decide.formatted(approval.id(), "yes"),
        decide.formatted(approval.id(), "no"));
  }

  private Stream<String> decided() {
    return Stream.of(
        words.say(
            key("text"),
            plain(approval.actor(), NAME_MAX),
            run(),
            money(request.projectedCost()),
            day(approval.expiresAt())),
        reason(approval.reason()),
        "",
        "costlake approve check '" + run() + "'");
  }

  private String price() {
    Price price = request.price();
    String rate = price.currency() + " " + figures.money(price.hourlyRate());
    return words.say(
        "approval.price." + price.basis(),
        money(request.projectedCost()),
        rate,
        price.until() == null ? FigureFormat.UNKNOWN : figures.day(price.until()));
  }

  private String likely() {
    LikelyRange likely = request.likely();
    return likely.low() == null || likely.high() == null
        ? words.say("approval.unlikely", Integer.toString(likely.pastRuns()))
        : words.say("approval.likely", money(likely.low()), money(likely.high()));
  }

  private String reason(@Nullable String why) {
    return words.say("approval.why", why == null ? FigureFormat.UNKNOWN : plain(why, REASON_MAX));
  }

  private String money(BigDecimal amount) {
    return request.price().currency() + " " + figures.money(amount);
  }

  private String day(Instant at) {
    return figures.day(LocalDate.ofInstant(at, ZoneOffset.UTC));
  }

  private String run() {
    return plain(request.runId(), NAME_MAX);
  }

  private static String plain(String text, int most) {
    return SafeNames.shorten(SafeNames.plain(text), most);
  }
}
