package costlake.cli;

import costlake.approve.Approval;
import costlake.approve.ApprovalRequest;
import costlake.approve.Approvals.Estimate;
import costlake.approve.LikelyRange;
import costlake.approve.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** What is printed of requests. */
final class ApprovalLines {
  private static final int RATE_DIGITS = 4;

  private final ApprovalSession session;

  ApprovalLines(ApprovalSession session) {
    this.session = session;
  }

  /** Returns what a person needs to decide, and what was decided. */
  List<String> of(Approval approval) {
    ApprovalRequest request = approval.request();
    return List.of(
        "Request %s is %s: run %s of team %s"
            .formatted(
                approval.id(),
                session.approvals().state(approval),
                request.runId(),
                request.teamId()),
        line("asks for", asked(request) + " at " + price(request)),
        line("projected", money(request, request.projectedCost()) + ", the cap"),
        line("likely", likely(request)),
        line("budgets", remaining(request)),
        line("expires", approval.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString()),
        line("decide", String.join(", ", session.approvals().approvers(request))));
  }

  private static String line(String name, String value) {
    return "  %-10s %s".formatted(name, value);
  }

  private static String asked(ApprovalRequest request) {
    return "%dx%s for %s hours"
        .formatted(
            request.accelerators(), request.price().acceleratorModel(), plain(request.hours()));
  }

  private static String price(ApprovalRequest request) {
    Price price = request.price();
    LocalDate asked = request.requestedAt().atOffset(ZoneOffset.UTC).toLocalDate();
    String source =
        price.until() == null
            ? "list price of the reference list, because no bill has one"
            : "%s price, %d days old"
                .formatted(price.basis(), ChronoUnit.DAYS.between(price.until(), asked));
    return "%s %s an hour (%s)"
        .formatted(
            price.currency(),
            plain(price.hourlyRate().setScale(RATE_DIGITS, RoundingMode.HALF_UP)),
            source);
  }

  private static String likely(ApprovalRequest request) {
    LikelyRange likely = request.likely();
    if (likely.low() != null && likely.high() != null) {
      return "%s to %s, by %d past runs of the project"
          .formatted(
              money(request, likely.low()), money(request, likely.high()), likely.pastRuns());
    }
    return request.projectId() == null
        ? "unknown: no project was named"
        : "unknown: %d of %d past runs of the project that are needed"
            .formatted(likely.pastRuns(), LikelyRange.PAST_RUNS_MIN);
  }

  private String remaining(ApprovalRequest request) {
    return session
        .approvals()
        .remaining(request.teamId())
        .map(left -> money(request, left) + " left of the team's budget")
        .orElse("the team has none in " + request.price().currency());
  }

  private static String money(ApprovalRequest request, BigDecimal amount) {
    return request.price().currency() + " " + cents(amount);
  }

  private static String cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  /** Says that a run needs no approval, and what it would cost. */
  String belowThreshold(Estimate estimate) {
    String currency = estimate.price().currency();
    return "Projected cost %s %s is below the threshold of %s %s: no approval is needed, and nothing is recorded."
        .formatted(currency, cents(estimate.cost()), currency, plain(estimate.costMin()));
  }

  /** Returns the row of a request in the list. */
  Row row(Approval approval) {
    ApprovalRequest request = approval.request();
    return RowFactory.create(
        approval.id(),
        session.approvals().state(approval),
        request.runId(),
        request.teamId(),
        asked(request),
        request.price().currency(),
        rounded(request.projectedCost()),
        rounded(session.approvals().used(approval).orElse(null)),
        approval.actor(),
        approval.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static @Nullable BigDecimal rounded(@Nullable BigDecimal amount) {
    return amount == null ? null : amount.setScale(2, RoundingMode.HALF_UP);
  }
}
