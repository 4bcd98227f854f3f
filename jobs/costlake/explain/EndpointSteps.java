package costlake.explain;

import static org.apache.spark.sql.functions.col;

import costlake.explain.Explain.Depth;
import costlake.report.FigureFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains what an endpoint cost: splits the cost in {@code economics.endpoint_costs} into months,
 * with their traffic, and on demand these into charges.
 */
final class EndpointSteps {
  static final String COSTS = "economics.endpoint_costs";
  static final Set<String> TABLES = Set.of(COSTS, UsedCharges.TABLE);

  private static final String NO_CHARGE = "no charge is joined to it";
  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);

  private static final String MONTHS =
      """
      select concat_ws('/', billing_currency, date_format(usage_month, 'yyyy-MM')) as line_id, billing_currency,
          date_format(usage_month, 'yyyy-MM') as month, usage_month as first_day, last_day(usage_month) as last_day,
          model_id, cost, requests, input_tokens, output_tokens, estimated_cost_usd
      from explained
      order by billing_currency, month""";

  private static final String LINE =
      "concat_ws('/', billing_currency, date_format(usage_date, 'yyyy-MM'))";

  private final Map<String, List<ExplanationStep>> charges;

  private EndpointSteps(Map<String, List<ExplanationStep>> charges) {
    this.charges = charges;
  }

  /** Returns the explanation of an endpoint that {@link #COSTS} has. */
  static ExplanationStep tree(SparkSession spark, String endpoint, Depth depth) {
    List<Row> months = new SubjectRows(spark, "endpoint_id", endpoint).of(COSTS, MONTHS);
    List<Row> paid = months.stream().filter(month -> month.getAs("cost") != null).toList();
    Column uses = col("endpoint_id").equalTo(endpoint).and(col("use_kind").equalTo("inference"));
    EndpointSteps steps = new EndpointSteps(UsedCharges.of(spark, depth, uses, LINE, paid));
    String label =
        Labels.joined("Endpoint " + endpoint, paid.isEmpty() ? NO_CHARGE : "cost as in " + COSTS);
    return ExplanationStep.ofCurrencies(label, steps.currencies(paid))
        .with(unpaid(months))
        .with(UsedCharges.asked(depth));
  }

  private List<ExplanationStep> currencies(List<Row> months) {
    Map<String, List<ExplanationStep>> byCurrency =
        months.stream()
            .collect(
                Collectors.groupingBy(
                    month -> month.getAs("billing_currency"),
                    TreeMap::new,
                    Collectors.mapping(this::month, Collectors.toList())));
    return byCurrency.entrySet().stream()
        .map(each -> ExplanationStep.whole("in " + each.getKey(), each.getKey(), each.getValue()))
        .toList();
  }

  private ExplanationStep month(Row month) {
    return new ExplanationStep(
        traffic(month),
        month.getAs("cost"),
        month.getAs("billing_currency"),
        charges.getOrDefault(month.<String>getAs("line_id"), List.of()));
  }

  private static List<ExplanationStep> unpaid(List<Row> months) {
    return months.stream()
        .filter(month -> month.getAs("cost") == null)
        .map(
            month ->
                ExplanationStep.note(Labels.joined(traffic(month), NO_CHARGE, estimate(month))))
        .toList();
  }

  private static @Nullable String estimate(Row month) {
    BigDecimal usd = month.getAs("estimated_cost_usd");
    return usd == null
        ? null
        : "the gateway estimates USD " + FIGURES.money(usd) + ", which is no money of a bill";
  }

  private static String traffic(Row month) {
    return Labels.joined(
        month.getAs("month"),
        Labels.named("model", month.getAs("model_id")),
        counted(month.getAs("requests"), "requests"),
        counted(month.getAs("input_tokens"), "input tokens"),
        counted(month.getAs("output_tokens"), "output tokens"));
  }

  private static @Nullable String counted(@Nullable BigDecimal count, String what) {
    return count == null ? null : FIGURES.count(count) + " " + what;
  }
}
