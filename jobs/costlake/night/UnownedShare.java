package costlake.night;

import costlake.close.UnownedCost;
import costlake.core.Message;
import costlake.lake.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;

/** Warns if too large a share of the newest month has no owner. */
final class UnownedShare {
  private UnownedShare() {}

  /**
   * Returns the outcome of the check: a warning if a share exceeds the limit.
   *
   * @param found unowned cost of the newest month, by currency
   * @param limit largest share without a warning
   */
  static Outcome audit(List<UnownedCost> found, BigDecimal limit) {
    List<UnownedCost> above =
        found.stream().filter(unowned -> unowned.ratio().compareTo(limit) > 0).toList();
    return Outcome.since(
        Instant.now(),
        "audit",
        "unowned_share",
        above.isEmpty() ? Outcome.Status.DONE : Outcome.Status.WARNED,
        (long) above.size(),
        null,
        above.isEmpty() ? "" : detail(above, limit));
  }

  private static String detail(List<UnownedCost> above, BigDecimal limit) {
    return Message.of(
        """
        %s: %s; more than %s. Assign owners in owners.yml (these rows have the rule last_resort in
        economics.statement_costs), or change limits.unowned_cost_ratio_max
        """,
        YearMonth.from(above.get(0).month()),
        above.stream().map(UnownedCost::shown).collect(Collectors.joining(", ")),
        UnownedCost.shown(limit));
  }
}
