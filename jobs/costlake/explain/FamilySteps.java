package costlake.explain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains what a run cost together with the runs that are part of it: splits the cost in {@code
 * economics.parent_runs} into the run itself and these runs, which can be explained themselves.
 */
final class FamilySteps {
  static final String PARENTS = "economics.parent_runs";
  private static final String FAMILIES = "economics.run_families";
  static final Set<String> TABLES = Set.of(PARENTS, FAMILIES, RunSteps.RUNS);

  private static final int MOST_CHILDREN = 20;

  private static final String CHILDREN =
      """
      select run_id, run_name, run_kind, status, level, billing_currency, cost
      from explained
      join %s using (run_id)
      where explained.level > 0 and part = 'run' and cost is not null
      order by cost desc, run_id"""
          .formatted(RunSteps.RUNS);

  private FamilySteps() {}

  /** Returns the explanation of a run that {@code economics.parent_runs} has. */
  static ExplanationStep tree(SparkSession spark, String run) {
    List<Row> parents =
        new SubjectRows(spark, "run_id", run)
            .of(PARENTS, "select * from explained order by billing_currency");
    List<ExplanationStep> own = RunSteps.inCurrencies(spark, run);
    List<Row> children = new SubjectRows(spark, "parent_run_id", run).of(FAMILIES, CHILDREN);
    return ExplanationStep.ofCurrencies(
        label(parents.get(0)),
        parents.stream().map(parent -> inCurrency(parent, own, children)).toList());
  }

  private static String label(Row parent) {
    return Labels.joined(
        "Run " + Labels.run(parent) + " with its children",
        parent.getAs("run_kind"),
        parent.getAs("status"),
        Labels.named("children:", parent.getAs("children")),
        withoutCost(parent.getAs("children_without_cost")),
        Labels.named("experiment", parent.getAs("experiment_id")),
        Labels.named("part of run", parent.getAs("parent_run_id")),
        "cost as in " + PARENTS);
  }

  private static @Nullable String withoutCost(int children) {
    return children == 0 ? null : children + " of them without cost";
  }

  private static ExplanationStep inCurrency(
      Row parent, List<ExplanationStep> own, List<Row> children) {
    String currency = parent.getAs("billing_currency");
    BigDecimal whole = parent.getAs("cost_with_children");
    List<ExplanationStep> parts = new ArrayList<>(own(currency, own));
    int most = parts.size() + MOST_CHILDREN;
    children.stream()
        .filter(child -> isIn(currency, child))
        .map(FamilySteps::child)
        .forEach(parts::add);
    return new ExplanationStep(
        "in " + currency,
        whole,
        currency,
        whole == null ? parts : ExplanationStep.largest(parts, most, "children", whole, currency));
  }

  private static boolean isIn(@Nullable String currency, Row child) {
    return Objects.equals(currency, child.getAs("billing_currency"));
  }

  private static List<ExplanationStep> own(@Nullable String currency, List<ExplanationStep> own) {
    List<ExplanationStep> found =
        own.stream()
            .filter(step -> step.money() != null && Objects.equals(currency, step.currency()))
            .map(
                step -> new ExplanationStep("the run itself", step.money(), currency, step.parts()))
            .toList();
    return found.isEmpty()
        ? List.of(ExplanationStep.note("the run itself: no charge is joined to it"))
        : found;
  }

  private static ExplanationStep child(Row child) {
    int level = child.getAs("level");
    String label =
        Labels.joined(
            "run " + Labels.run(child),
            child.getAs("run_kind"),
            child.getAs("status"),
            level == 1 ? null : "level " + level);
    return new ExplanationStep(
        label, child.getAs("cost"), child.getAs("billing_currency"), List.of());
  }
}
