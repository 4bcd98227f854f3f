package costlake.land;

import costlake.config.Limits;
import costlake.core.Message;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The share of a delivery that cannot be read.
 *
 * @param rows number of all rows
 * @param rejected number of rows that cannot be read
 * @param cost sum of the absolute billed costs of all rows, of all currencies; used only for a
 *     ratio
 * @param rejectedCost the same sum for the rejected rows whose cost can be read
 */
record UnreadableShare(long rows, long rejected, BigDecimal cost, BigDecimal rejectedCost) {
  private static final int RATIO_DIGITS = 6;

  /**
   * Returns a message if the share exceeds a limit; otherwise empty.
   *
   * @param first a space and a sentence about the first rejected row, or an empty text
   */
  Optional<String> tooMuch(Limits limits, String first) {
    String limit;
    if (exceeds(rejected, rows, limits.rejectedRowsRatioMax())) {
      limit = "more than limits.rejected_rows_ratio_max " + limits.rejectedRowsRatioMax();
    } else if (cost.signum() > 0
        && rejectedCost.compareTo(limits.rejectedCostRatioMax().multiply(cost)) > 0) {
      limit =
          "with %s of the money, more than limits.rejected_cost_ratio_max %s"
              .formatted(ratio(), limits.rejectedCostRatioMax());
    } else {
      return Optional.empty();
    }
    return Optional.of(
        Message.of(
            """
            %d of %d rows cannot be read, %s.%s Deliver it again, or raise the limit to accept this.
            """,
            rejected, rows, limit, first));
  }

  private String ratio() {
    return rejectedCost
        .divide(cost, RATIO_DIGITS, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  static boolean exceeds(long part, long whole, BigDecimal ratioMax) {
    return part > 0
        && BigDecimal.valueOf(part).compareTo(ratioMax.multiply(BigDecimal.valueOf(whole))) > 0;
  }
}
