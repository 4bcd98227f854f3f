package costlake.close;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Cost of a month in one currency that no rule assigned, so that the team of last resort receives
 * it.
 *
 * @param cost sum of the absolute EffectiveCost of the charges without an owner
 * @param ratio {@code cost} divided by the sum of the absolute EffectiveCost of the month
 */
public record UnownedCost(LocalDate month, String currency, BigDecimal cost, BigDecimal ratio) {

  /**
   * Returns the unowned cost of the newest month with a billed cost, by currency. Later months may
   * have shares of costs that were billed before.
   *
   * @param costs rows of {@link ClosedMonths#COSTS}
   */
  public static List<UnownedCost> newest(Dataset<Row> costs) {
    Dataset<Row> billed = costs.where("billed_cost <> 0");
    return Optional.ofNullable(billed.agg(functions.max("billing_month")).first().getDate(0))
        .map(month -> of(costs, month.toLocalDate()))
        .orElse(List.of());
  }

  /** Returns the unowned cost of a month, by currency, from rows of {@link ClosedMonths#COSTS}. */
  static List<UnownedCost> of(Dataset<Row> costs, LocalDate month) {
    Column nobodys =
        col("rule_id").equalTo("last_resort").or(col("cost_kind").equalTo("unallocated"));
    Column size = abs(col("effective_cost"));
    return costs
        .where(
            col("billing_month")
                .equalTo(Date.valueOf(month))
                .and(col("correction_of_month").isNull()))
        .groupBy("billing_currency")
        .agg(coalesce(sum(when(nobodys, size)), lit(0)), sum(size))
        .orderBy("billing_currency")
        .collectAsList()
        .stream()
        .map(row -> of(month, row.getString(0), row.getDecimal(1), row.getDecimal(2)))
        .toList();
  }

  private static UnownedCost of(
      LocalDate month, String currency, BigDecimal cost, BigDecimal whole) {
    BigDecimal ratio =
        whole.signum() == 0 ? BigDecimal.ZERO : cost.divide(whole, 9, RoundingMode.HALF_EVEN);
    return new UnownedCost(month, currency, cost, ratio);
  }

  /** Returns the cost and its share as text. */
  public String shown() {
    return "%s unowned, %s".formatted(Gates.amountText(currency, cost), Gates.percent(ratio));
  }

  /** Returns a limit as text. */
  public static String shown(BigDecimal limit) {
    return Gates.percent(limit);
  }
}
