package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Explains what has used money: the run or the model of an id. */
final class UsedSteps {
  private static final String NAMES =
      """
      select distinct name
      from (
          select explode(array(run_id, run_name, model_id)) as name from economics.training_runs
          union all
          select model_id from economics.model_life
      )""";

  private final SparkSession spark;
  private final String id;

  UsedSteps(SparkSession spark, String id) {
    this.spark = spark;
    this.id = id;
  }

  /**
   * Explains the run or the model; empty if there is neither.
   *
   * @throws Failure with exit code 2 if there are both
   */
  Optional<ExplanationStep> tree() {
    boolean isRun = isRun();
    boolean isModel = isModel();
    if (isRun && isModel) {
      throw Failure.operator("'%s' is both a run and a model. Say which: --run or --model", id);
    }
    return isRun ? Optional.of(run()) : isModel ? Optional.of(model()) : Optional.empty();
  }

  /**
   * Explains the run.
   *
   * @throws Failure with exit code 2 if there is no such run
   */
  ExplanationStep run() {
    if (!isRun()) {
      throw unknown();
    }
    return RunSteps.tree(spark, id);
  }

  /**
   * Explains the model.
   *
   * @throws Failure with exit code 2 if there is no such model
   */
  ExplanationStep model() {
    if (!isModel()) {
      throw unknown();
    }
    return ModelSteps.tree(spark, id);
  }

  private boolean isRun() {
    return has(RunSteps.RUNS, "run_id");
  }

  private boolean isModel() {
    return has(ModelSteps.LIFE, "model_id") || has(RunSteps.RUNS, "model_id");
  }

  /** Whether a table has the id. A lake without nights since a table exists does not have it. */
  private boolean has(String table, String column) {
    return spark.catalog().tableExists(table)
        && !spark.table(table).where(col(column).equalTo(id)).isEmpty();
  }

  Failure unknown() {
    return Failure.operator(
        """
        Cannot find the id '%s'.%s Give the number of a statement, a slash and a line, e.g.
        2026-09/search/USD/p-01; the id of an allocation or a charge; or a run or a model, as
        economics.training_runs and economics.model_life name them
        """,
        id, Nearest.hint(id, near()));
  }

  private List<String> near() {
    return spark.catalog().tableExists(RunSteps.RUNS)
        ? spark.sql(NAMES).where(isNear()).as(Encoders.STRING()).collectAsList()
        : List.of();
  }

  /** Selects names that differ in a third of the letters at most, of which one is the nearest. */
  private Column isNear() {
    return levenshtein(lower(col("name")), lower(lit(id))).leq(Math.max(1, id.length() / 3));
  }
}
