package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.explain.Explain.Depth;
import costlake.explain.Explain.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Explains what has used money: the run, model, endpoint or experiment of an id. */
final class UsedSteps {
  private static final String NAMES =
      """
      select distinct name
      from (
          select explode(array(run_id, run_name, model_id, experiment_id)) as name from economics.training_runs
          union all
          select model_id from economics.model_life
          union all
          select endpoint_id from economics.endpoint_costs
      )""";

  private final SparkSession spark;
  private final String id;
  private final Depth depth;

  UsedSteps(SparkSession spark, String id, Depth depth) {
    this.spark = spark;
    this.id = id;
    this.depth = depth;
  }

  /**
   * Explains what the id names; empty if nothing has used money under this id.
   *
   * @throws Failure with exit code 2 if several have this id
   */
  Optional<ExplanationStep> tree() {
    List<Subject> found = Stream.of(Subject.values()).filter(this::is).toList();
    if (found.size() > 1) {
      throw Failure.operator("'%s' is both %s. Say which: %s", id, named(found), options(found));
    }
    return found.stream().findFirst().map(this::known);
  }

  private static String named(List<Subject> subjects) {
    return subjects.stream()
        .map(subject -> (subject.name().matches("[AE].*") ? "an " : "a ") + name(subject))
        .collect(Collectors.joining(" and "));
  }

  private static String options(List<Subject> subjects) {
    return subjects.stream().map(each -> "--" + name(each)).collect(Collectors.joining(" or "));
  }

  private static String name(Subject subject) {
    return subject.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Explains the id as this subject.
   *
   * @throws Failure with exit code 2 if there is no such subject
   */
  ExplanationStep tree(Subject subject) {
    if (!is(subject)) {
      throw unknown();
    }
    return known(subject);
  }

  private ExplanationStep known(Subject subject) {
    return switch (subject) {
      case ANY -> throw new IllegalArgumentException("any");
      case RUN -> isParent() ? FamilySteps.tree(spark, id) : RunSteps.tree(spark, id);
      case MODEL -> ModelSteps.tree(spark, id, depth);
      case ENDPOINT -> EndpointSteps.tree(spark, id, depth);
      case EXPERIMENT -> ExperimentSteps.tree(spark, id);
    };
  }

  private boolean is(Subject subject) {
    return switch (subject) {
      case ANY -> false;
      case RUN -> has(RunSteps.RUNS, "run_id") || isParent();
      case MODEL -> has(ModelSteps.LIFE, "model_id") || has(RunSteps.RUNS, "model_id");
      case ENDPOINT -> has(EndpointSteps.COSTS, "endpoint_id");
      case EXPERIMENT -> has(RunSteps.RUNS, "experiment_id");
    };
  }

  /** Whether other runs are part of a run with this id. */
  private boolean isParent() {
    return has(FamilySteps.PARENTS, "run_id");
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
        2026-09/search/USD/p-01; the id of an allocation or a charge; or a run, a model, an endpoint
        or an experiment, as economics.training_runs, economics.model_life and
        economics.endpoint_costs name them
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
