package costlake.explain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains what an experiment cost: splits the cost in {@code economics.experiments} into runs.
 * Each run can be explained down to charges.
 */
final class ExperimentSteps {
  private static final String EXPERIMENTS = "economics.experiments";
  static final Set<String> TABLES = Set.of(EXPERIMENTS, RunSteps.RUNS);

  private static final int MOST_RUNS = 20;

  private static final String FACTS =
      """
      select billing_currency, runs, completed_runs, cost, waste, best_run_id, metric_name, metric_value
      from explained
      order by billing_currency""";

  private static final String RUNS =
      """
      select run_id, run_name, billing_currency, status, cost, metric_name, metric_value
      from explained
      order by cost desc, run_id""";

  private ExperimentSteps() {}

  /** Returns the explanation of an experiment that {@code economics.training_runs} has. */
  static ExplanationStep tree(SparkSession spark, String experiment) {
    SubjectRows rows = new SubjectRows(spark, "experiment_id", experiment);
    List<Row> runs = rows.of(RunSteps.RUNS, RUNS);
    List<Row> facts = rows.of(EXPERIMENTS, FACTS);
    String label = "Experiment " + experiment + ", cost as in " + EXPERIMENTS;
    return ExplanationStep.ofCurrencies(label, inCurrencies(facts, ExperimentSteps::hasCost, runs))
        .with(inCurrencies(facts, Predicate.not(ExperimentSteps::hasCost), runs));
  }

  private static boolean hasCost(Row fact) {
    return fact.getAs("cost") != null;
  }

  private static List<ExplanationStep> inCurrencies(
      List<Row> facts, Predicate<Row> which, List<Row> runs) {
    return facts.stream().filter(which).map(fact -> inCurrency(fact, runs)).toList();
  }

  private static ExplanationStep inCurrency(Row fact, List<Row> runs) {
    String currency = fact.getAs("billing_currency");
    BigDecimal cost = fact.getAs("cost");
    List<ExplanationStep> own =
        runs.stream()
            .filter(run -> Objects.equals(currency, run.getAs("billing_currency")))
            .map(ExperimentSteps::run)
            .toList();
    if (cost == null) {
      List<ExplanationStep> first = own.subList(0, Math.min(MOST_RUNS, own.size()));
      return new ExplanationStep("runs that no charge is joined to", null, currency, first);
    }
    return new ExplanationStep("in " + currency, cost, currency, List.of())
        .with(List.of(ExplanationStep.note(best(fact))))
        .with(ExplanationStep.largest(own, MOST_RUNS, "runs", cost, currency));
  }

  private static String best(Row fact) {
    return Labels.joined(
        Labels.named("runs:", fact.getAs("runs")),
        Labels.named("completed:", fact.getAs("completed_runs")),
        "waste " + ExplanationStep.amount(fact.getAs("billing_currency"), fact.getAs("waste")),
        Labels.named("best run", fact.getAs("best_run_id")),
        metric(fact),
        "each run can be explained by its name");
  }

  private static ExplanationStep run(Row run) {
    String label = Labels.joined("run " + Labels.run(run), run.getAs("status"), metric(run));
    return new ExplanationStep(label, run.getAs("cost"), run.getAs("billing_currency"), List.of());
  }

  private static @Nullable String metric(Row row) {
    BigDecimal value = row.getAs("metric_value");
    return value == null ? null : row.getAs("metric_name") + " " + ExplanationStep.plain(value);
  }
}
