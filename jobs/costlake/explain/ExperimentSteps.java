package costlake.explain;

import static org.apache.spark.sql.functions.col;

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
      from explained_experiment
      order by billing_currency""";

  private static final String RUNS =
      """
      select run_id, run_name, billing_currency, status, cost, metric_name, metric_value
      from (
          select *, row_number() over (partition by billing_currency order by cost desc, run_id) as place
          from explained_experiment
      )
      where place <= %d
      order by place"""
          .formatted(MOST_RUNS);

  private final SparkSession spark;
  private final String experiment;

  private ExperimentSteps(SparkSession spark, String experiment) {
    this.spark = spark;
    this.experiment = experiment;
  }

  /** Returns the explanation of an experiment that {@code economics.training_runs} has. */
  static ExplanationStep tree(SparkSession spark, String experiment) {
    return new ExperimentSteps(spark, experiment).tree();
  }

  private ExplanationStep tree() {
    List<Row> runs = rows(RunSteps.RUNS, RUNS);
    List<Row> facts = rows(EXPERIMENTS, FACTS);
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

  /** Queries the rows of the experiment in a table. */
  private List<Row> rows(String table, String query) {
    spark
        .table(table)
        .where(col("experiment_id").equalTo(experiment))
        .createOrReplaceTempView("explained_experiment");
    return spark.sql(query).collectAsList();
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
      return new ExplanationStep("runs that no charge is joined to", null, currency, own);
    }
    long more = (long) fact.<Integer>getAs("runs") - own.size();
    return new ExplanationStep("in " + currency, cost, currency, List.of())
        .with(List.of(ExplanationStep.note(best(fact))))
        .with(ExplanationStep.completed(own, more, "runs", cost, currency));
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
