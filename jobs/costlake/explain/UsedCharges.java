package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.explain.Explain.Depth;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Finds the charges behind the cost of runs, models and endpoints. */
final class UsedCharges {
  static final String TABLE = "economics.ledger";

  private static final String LINKED_COST_KIND =
      "if(linked_by is null, cost_kind, concat(linked_by, '-linked ', cost_kind))";

  private static final MathContext SHORT = new MathContext(6);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private UsedCharges() {}

  /**
   * Returns the groups of charges of each line; none for a summary.
   *
   * @param uses selects rows of {@link #TABLE}
   * @param line SQL expression for the line that a row of {@link #TABLE} belongs to
   * @param lines the lines that are explained, with {@code line_id}, {@code first_day}, {@code
   *     last_day} and {@code billing_currency}
   */
  static Map<String, List<ExplanationStep>> of(
      SparkSession spark, Depth depth, Column uses, String line, List<Row> lines) {
    if (depth == Depth.SUMMARY) {
      return Map.of();
    }
    Map<String, String> currencies = new LinkedHashMap<>();
    lines.forEach(row -> currencies.put(row.getAs("line_id"), row.getAs("billing_currency")));
    Dataset<Row> charges =
        spark
            .table(TABLE)
            .where(uses.and(days(lines)))
            .selectExpr(
                line + " as line_id",
                LINKED_COST_KIND + " as x_CostKind",
                "owner_rule_id as x_OwnerRuleId",
                "pool_id as x_PoolId",
                "allocated_method_id as AllocatedMethodId",
                "charge_id as x_ChargeId",
                "effective_cost as EffectiveCost")
            .where(col("line_id").isin(currencies.keySet().toArray()));
    return ChargeSteps.detailed(spark, UsedCharges::details).of(charges, currencies);
  }

  /** Says how to ask for the charges that a summary leaves out. */
  static List<ExplanationStep> asked(Depth depth) {
    return depth == Depth.SUMMARY
        ? List.of(ExplanationStep.note("--details adds the charges, down to the delivered rows"))
        : List.of();
  }

  /** Selects the days of the lines, so that a query reads no other days. */
  private static Column days(List<Row> lines) {
    List<String> days =
        lines.stream()
            .flatMap(row -> Stream.of(row.getAs("first_day"), row.getAs("last_day")))
            .map(Object::toString)
            .sorted()
            .toList();
    return days.isEmpty()
        ? col("usage_date").isNull()
        : col("usage_date").between(day(days.get(0)), day(days.get(days.size() - 1)));
  }

  private static Column day(String text) {
    return lit(text).cast("date");
  }

  private static List<ExplanationStep> details(Row charge, BigDecimal money) {
    String invoice =
        Labels.joined(
            charge.getAs("ServiceProviderName"),
            Labels.named("invoice", charge.getAs("InvoiceId")),
            Labels.named("line", charge.getAs("InvoiceDetailId")),
            Labels.named("resource", charge.getAs("ResourceId")),
            quantity(charge, money),
            share(money, charge.getAs("EffectiveCost")));
    return List.of(ExplanationStep.note(invoice));
  }

  /** Says which part of the quantity of a charge is explained, e.g. 6 of 24 Hours. */
  private static @Nullable String quantity(Row charge, BigDecimal money) {
    BigDecimal whole = charge.getAs("PricingQuantity");
    BigDecimal cost = charge.getAs("EffectiveCost");
    if (whole == null || cost.signum() == 0) {
      return null;
    }
    BigDecimal part = whole.multiply(money).divide(cost, SHORT);
    return "%s of %s %s"
        .formatted(
            ExplanationStep.plain(part),
            ExplanationStep.plain(whole),
            Objects.requireNonNullElse(charge.getAs("PricingUnit"), "units"));
  }

  private static @Nullable String share(BigDecimal money, BigDecimal cost) {
    return cost.signum() == 0
        ? null
        : ExplanationStep.plain(money.multiply(HUNDRED).divide(cost, SHORT)) + " % of the charge";
  }
}
