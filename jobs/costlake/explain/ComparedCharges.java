package costlake.explain;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.broadcast;

import costlake.page.LineCharges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the charges of each side of a comparison, as the file of the page declares them. Where a
 * line compares with a part of what the month before cost, each charge has its part of that, and
 * the parts add up to it exactly.
 */
final class ComparedCharges {
  /** View with the lines or steps: {@code step_id}, their statement, and other columns. */
  private static final String STEPS = "explained_steps";

  private static final String SIDES = "explained_sides";

  /** Selects the sides of each step. Sides that have the same charges have one {@code line_id}. */
  private static final String SELECTED =
      """
      with sides as (
          select step_id, side, side_month as billing_month, receiver_id, billing_currency, %1$s,
              cast(%2$s as decimal(38, 21)) as part, cast(%3$s as decimal(38, 21)) as whole
          from %4$s lateral view explode(map(%5$s)) months as side, side_month
          where side_month is not null and (%6$s)
      )
      select *, to_json(struct(billing_month, receiver_id, billing_currency, %7$s, part, whole)) as line_id from sides""";

  private static final String PARTS =
      """
      with sums as (
          select line_id, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId, x_ChargeId, sum(EffectiveCost) as cost
          from side_charges
          group by all
      ),
      summed as (
          select sums.*, part, coalesce(whole, sum(cost) over (partition by line_id)) as whole,
              sum(cost) over (
                  partition by line_id order by x_ChargeId, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId
                  rows between unbounded preceding and current row
              ) as upto
          from sums
          join explained_sides using (line_id)
      )
      select line_id, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId, x_ChargeId,
          if(part is null, cost, coalesce(less(
              in_proportion(part, upto, whole), in_proportion(part, less(upto, cost), whole)
          ), 0)) as EffectiveCost
      from summed""";

  private final Map<String, Map<String, Row>> sides;
  private final Map<String, List<ExplanationStep>> charges;

  private ComparedCharges(
      Map<String, Map<String, Row>> sides, Map<String, List<ExplanationStep>> charges) {
    this.sides = sides;
    this.charges = charges;
  }

  /**
   * Reads the charges.
   *
   * @param steps lines or steps with {@code step_id}, {@code billing_month}, {@code receiver_id},
   *     {@code billing_currency} and the columns that the declaration uses
   */
  static ComparedCharges of(SparkSession spark, LineCharges declared, Dataset<Row> steps) {
    steps.createOrReplaceTempView(STEPS);
    List<Row> found = spark.sql(selected(declared)).collectAsList();
    return found.isEmpty()
        ? new ComparedCharges(Map.of(), Map.of())
        : new ComparedCharges(bySide(found), charges(spark, declared, found));
  }

  private static String selected(LineCharges declared) {
    String months =
        declared.sides().entrySet().stream()
            .map(side -> "'%s', %s".formatted(side.getKey(), side.getValue()))
            .collect(joining(", "));
    return SELECTED.formatted(
        assigned(declared.by()),
        Objects.requireNonNullElse(declared.part(), "null"),
        Objects.requireNonNullElse(declared.whole(), "null"),
        STEPS,
        months,
        Objects.requireNonNullElse(declared.where(), "true"),
        String.join(", ", declared.by().keySet()));
  }

  /** Returns columns with their names as SQL. */
  static String assigned(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(column -> column.getValue() + " as " + column.getKey())
        .collect(joining(", "));
  }

  private static Map<String, Map<String, Row>> bySide(List<Row> found) {
    Map<String, Map<String, Row>> sides = new LinkedHashMap<>();
    found.forEach(
        row ->
            sides
                .computeIfAbsent(row.getAs("step_id"), step -> new LinkedHashMap<>())
                .put(row.getAs("side"), row));
    return sides;
  }

  private static Map<String, List<ExplanationStep>> charges(
      SparkSession spark, LineCharges declared, List<Row> found) {
    Map<String, String> currencies = new LinkedHashMap<>();
    found.forEach(side -> currencies.put(side.getAs("line_id"), side.getAs("billing_currency")));
    Dataset<Row> distinct =
        spark.createDataFrame(found, found.get(0).schema()).drop("step_id", "side").distinct();
    broadcast(distinct).createOrReplaceTempView(SIDES);
    String months = LineQuery.register(spark, distinct.collectAsList(), distinct.schema());
    spark
        .sql(LineQuery.ofSides(spark, SIDES, declared.sums(), months).charges())
        .createOrReplaceTempView("side_charges");
    return ChargeSteps.plain(spark).of(spark.sql(PARTS), currencies);
  }

  /** Returns the charges of a side of a line or step. */
  List<ExplanationStep> of(String step, String side) {
    Row found = sides.getOrDefault(step, Map.of()).get(side);
    return found == null
        ? List.of()
        : charges.getOrDefault(found.<String>getAs("line_id"), List.of());
  }

  /** Returns the charges of all sides of a line or step, each month as a step without money. */
  List<ExplanationStep> months(String step) {
    return sides.getOrDefault(step, Map.of()).entrySet().stream()
        .filter(side -> !of(step, side.getKey()).isEmpty())
        .map(side -> month(side.getValue(), of(step, side.getKey())))
        .toList();
  }

  private static ExplanationStep month(Row side, List<ExplanationStep> charges) {
    String money =
        ExplanationStep.amount(side.getAs("billing_currency"), ExplanationStep.sum(charges));
    String month = side.getAs("billing_month").toString().substring(0, "yyyy-MM".length());
    return new ExplanationStep("charges of %s: %s".formatted(month, money), null, null, charges);
  }
}
