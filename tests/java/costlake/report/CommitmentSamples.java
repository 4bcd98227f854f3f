package costlake.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A statement with commitments, written by hand. */
final class CommitmentSamples {
  static final String PLAN = "3 year Compute Savings Plan";

  private CommitmentSamples() {}

  /** Returns a statement with a plan, its users, and a service that it covers in part. */
  static Statement commitments() {
    return statement(
        plan("95.00", "5.00", "160.00"),
        user("q-01", "vision", "95.00", "0.00"),
        user("q-02", "platform", "0.00", "5.00"),
        service("160.00", "40.00"));
  }

  /** Returns the statement of the company with these lines about commitments. */
  static Statement statement(PrintedRow... rows) {
    return Rows.with(Samples.company(), "commitments", rows);
  }

  static PrintedRow plan(String used, String unused, String list) {
    return line("commitment", "j-01", PLAN, null, used, unused, list);
  }

  static PrintedRow user(String ref, String team, String used, String unused) {
    return line("user", ref, PLAN, team, used, unused, used);
  }

  private static PrintedRow line(
      String breakdown,
      String ref,
      String name,
      @Nullable String team,
      String used,
      String unused,
      String list) {
    BigDecimal cost = new BigDecimal(used).add(new BigDecimal(unused));
    return Rows.row(
        "commitments",
        "breakdown",
        breakdown,
        "line_id",
        "2026-09/company.all/USD/" + ref,
        "members",
        1,
        "commitment_id",
        "arn:aws:savingsplans::1:savingsplan/5b1f0c0e",
        "commitment_name",
        name,
        "user_id",
        team,
        "billed_shown",
        cost,
        "used_shown",
        new BigDecimal(used),
        "unused_shown",
        new BigDecimal(unused),
        "cost_shown",
        cost,
        "list_shown",
        new BigDecimal(list),
        "contracted_shown",
        new BigDecimal(list),
        "saved_shown",
        new BigDecimal(list).subtract(cost),
        "utilisation_ratio",
        FigureFormat.ratio(new BigDecimal(used), cost));
  }

  static PrintedRow service(String covered, String notCovered) {
    return Rows.row(
        "commitments",
        "breakdown",
        "service",
        "line_id",
        "2026-09/company.all/USD/z-01",
        "members",
        1,
        "provider",
        "AWS",
        "service",
        "Amazon EC2",
        "used_shown",
        new BigDecimal("95.00"),
        "cost_shown",
        new BigDecimal("120.00"),
        "list_shown",
        new BigDecimal(covered),
        "not_covered_list_shown",
        new BigDecimal(notCovered));
  }
}
