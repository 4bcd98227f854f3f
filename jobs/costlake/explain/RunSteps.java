package costlake.explain;

import static org.apache.spark.sql.functions.col;

import costlake.explain.Explain.Depth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains what a run cost: splits the cost in {@code economics.training_runs} into attempts, these
 * into billing months, and these into charges.
 */
final class RunSteps {
  static final String RUNS = "economics.training_runs";
  private static final String ATTEMPTS = "economics.training_attempts";
  private static final String USES = "economics.use_costs";
  static final Set<String> TABLES = Set.of(RUNS, ATTEMPTS, USES, UsedCharges.TABLE);

  private static final BigDecimal HOUR_S = BigDecimal.valueOf(3600);

  private static final String FACTS =
      """
      select run_id, run_name, run_kind, status, attempts, experiment_id, model_id, model_version, team_id, parent_run_id,
          billing_currency, cost, cost_repeated, waste
      from explained
      order by billing_currency""";

  private static final String ATTEMPT_FACTS =
      """
      select attempt, billing_currency, coalesce(status, outcome, 'end unknown') as status,
          date_format(started_at, 'yyyy-MM-dd HH:mm') as started, date_format(ended_at, 'yyyy-MM-dd HH:mm') as ended,
          held_s, cost, cost_repeated, waste
      from explained
      order by attempt, billing_currency""";

  /** What the charges of a month are to an attempt. */
  private static final String MONTHS =
      """
      select concat_ws('/', attempt, billing_currency, billing_month) as line_id, attempt, billing_currency,
          date_format(billing_month, 'yyyy-MM') as month, sum(effective_cost) as cost, min(usage_date) as first_day,
          max(usage_date) as last_day
      from explained
      group by all
      order by attempt, billing_currency, month""";

  private static final String LINE = "concat_ws('/', attempt, billing_currency, billing_month)";

  private final SubjectRows run;

  private RunSteps(SparkSession spark, String run) {
    this.run = new SubjectRows(spark, "run_id", run);
  }

  /** Returns the explanation of a run that {@code economics.training_runs} has. */
  static ExplanationStep tree(SparkSession spark, String run) {
    return new RunSteps(spark, run).tree();
  }

  /** Returns the cost of a run in each currency; none if no record describes the run. */
  static List<ExplanationStep> inCurrencies(SparkSession spark, String run) {
    RunSteps steps = new RunSteps(spark, run);
    return steps.inCurrencies(steps.run.of(RUNS, FACTS));
  }

  private ExplanationStep tree() {
    List<Row> facts = run.of(RUNS, FACTS);
    return ExplanationStep.ofCurrencies(label(facts.get(0)), inCurrencies(facts));
  }

  private List<ExplanationStep> inCurrencies(List<Row> facts) {
    List<Row> attempts = run.of(ATTEMPTS, ATTEMPT_FACTS);
    Map<String, List<ExplanationStep>> months = months();
    return facts.stream().map(fact -> inCurrency(fact, attempts, months)).toList();
  }

  private static String label(Row fact) {
    return Labels.joined(
        "Run " + Labels.run(fact),
        fact.getAs("run_kind"),
        fact.getAs("status"),
        Labels.named("attempts:", fact.getAs("attempts")),
        Labels.named("experiment", fact.getAs("experiment_id")),
        Labels.named("model", fact.getAs("model_id")),
        Labels.named("version", fact.getAs("model_version")),
        Labels.named("part of run", fact.getAs("parent_run_id")),
        "cost as in " + RUNS);
  }

  private static ExplanationStep inCurrency(
      Row fact, List<Row> attempts, Map<String, List<ExplanationStep>> months) {
    String currency = fact.getAs("billing_currency");
    List<ExplanationStep> parts = new ArrayList<>();
    parts.add(ExplanationStep.note("of all attempts: " + wasteOf(fact)));
    for (Row attempt : attempts) {
      if (attempt.getAs("cost") == null) {
        parts.add(ExplanationStep.note(label(attempt, "no charge is joined to it")));
      } else if (Objects.equals(currency, attempt.getAs("billing_currency"))) {
        parts.add(attempt(attempt, months.getOrDefault(key(attempt), List.of())));
      }
    }
    return new ExplanationStep("in " + currency, fact.getAs("cost"), currency, parts);
  }

  private static ExplanationStep attempt(Row attempt, List<ExplanationStep> months) {
    return new ExplanationStep(
        label(attempt, wasteOf(attempt)),
        attempt.getAs("cost"),
        attempt.getAs("billing_currency"),
        months.size() == 1 ? months.get(0).parts() : months);
  }

  private static String label(Row attempt, String rest) {
    return Labels.joined(
        "attempt " + attempt.getAs("attempt"),
        attempt.getAs("status"),
        Labels.named("from", attempt.getAs("started")),
        Objects.requireNonNullElse(Labels.named("to", attempt.getAs("ended")), "without an end"),
        hours(attempt.getAs("held_s")),
        rest);
  }

  private static String hours(@Nullable BigDecimal held_s) {
    return held_s == null
        ? "machine hours not measured"
        : ExplanationStep.plain(held_s.divide(HOUR_S, 2, RoundingMode.HALF_UP)) + " machine hours";
  }

  private static String wasteOf(Row row) {
    String currency = row.getAs("billing_currency");
    return Labels.joined(
        "repeated " + ExplanationStep.amount(currency, row.getAs("cost_repeated")),
        "waste " + ExplanationStep.amount(currency, row.getAs("waste")));
  }

  /** Returns the billing months of each attempt and currency. */
  private Map<String, List<ExplanationStep>> months() {
    List<Row> months = run.of(USES, MONTHS);
    Map<String, List<ExplanationStep>> charges =
        UsedCharges.of(
            run.spark(), Depth.CHARGES, col(run.column()).equalTo(run.id()), LINE, months);
    return months.stream()
        .collect(
            Collectors.groupingBy(
                RunSteps::key,
                Collectors.mapping(row -> month(row, charges), Collectors.toList())));
  }

  private static ExplanationStep month(Row month, Map<String, List<ExplanationStep>> charges) {
    return new ExplanationStep(
        "billed in " + month.getAs("month"),
        month.getAs("cost"),
        month.getAs("billing_currency"),
        charges.getOrDefault(month.<String>getAs("line_id"), List.of()));
  }

  private static String key(Row row) {
    return row.getAs("attempt") + "/" + row.getAs("billing_currency");
  }
}
