package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans a table that compares a month with the two months before it, through a view. */
class BuildPlanTest {
  private static final RelationName BILL = RelationName.parse("bronze.bill");
  private static final RelationName COSTS = RelationName.parse("focus.costs");
  private static final RelationName COMPARED = RelationName.parse("reporting.compared");
  private static final LocalDate JULY = LocalDate.of(2026, 7, 1);

  private static final String BY_MONTH = "partition: {column: month, by: month}\n";

  @TempDir Path folder;
  private SmallModels models;
  private Graph graph;

  @BeforeEach
  void aModelThatReadsEarlierMonths() {
    models = SmallModels.below(folder, "month: date, cost: 'decimal(38,2)'");
    models.model(
        "focus/costs", "select month, cost from {{ source('bronze.bill') }}", contract(BY_MONTH));
    models.model(
        "economics/known",
        "select month, cost from {{ ref('focus.costs') }}",
        contract("materialized: view\nmonths_before: {focus.costs: 1}\n"));
    models.model(
        "reporting/compared",
        "select month, cost from {{ ref('economics.known') }}",
        contract(BY_MONTH + "months_before: {economics.known: 1}\n"));
    graph = models.graph();
  }

  private static String contract(String storage) {
    return """
    description: Costs
    grain: one row per month
    owner: finops
    %scolumns:
      - {name: month, type: date, nullable: false, meaning: the month}
      - {name: cost, type: 'decimal(38,2)', meaning: the cost}
    """
        .formatted(storage);
  }

  @Test
  void aChangedMonthChangesAsManyLaterMonthsAsAreRead() {
    BuildPlan plan =
        new BuildPlan(graph, Changes.of(Map.of(BILL, Set.of(JULY)), Set.of(), Set.of()));
    Model compared = graph.model(COMPARED);
    assertThat(toBuild(plan, compared)).isEqualTo(Partitions.NONE);
    plan.built(graph.model(COSTS), Partitions.of(Set.of(JULY)));
    assertThat(toBuild(plan, compared))
        .isEqualTo(Partitions.of(Set.of(JULY, JULY.plusMonths(1), JULY.plusMonths(2))));
  }

  @Test
  void aMonthNeedsTheMonthsBeforeIt() {
    BuildPlan plan = new BuildPlan(graph, Changes.of(Map.of(), Set.of(), Set.of()));
    Model compared = graph.model(COMPARED);
    assertThat(plan.needed(compared, Partitions.of(Set.of(JULY)), COSTS))
        .isEqualTo(Partitions.of(Set.of(JULY.minusMonths(2), JULY.minusMonths(1), JULY)));
    assertThat(plan.needed(compared, Partitions.ALL, COSTS)).isEqualTo(Partitions.ALL);
  }

  @Test
  void earlierMonthsCountAlsoForARelationThatAffectedReads() {
    models.model(
        "reporting/both",
        "select month, cost from {{ ref('focus.costs') }}",
        contract(
            BY_MONTH
                + "months_before: {focus.costs: 1}\n"
                + "reads: {focus.costs: month}\n"
                + "affected: |\n"
                + "  select month from {{ ref('focus.costs') }} where month in ({{ changed_days }})\n"));
    graph = models.graph();
    BuildPlan plan =
        new BuildPlan(graph, Changes.of(Map.of(BILL, Set.of(JULY)), Set.of(), Set.of()));
    plan.built(graph.model(COSTS), Partitions.of(Set.of(JULY)));
    LocalDate named = JULY.plusMonths(7);
    assertThat(
            plan.toBuild(
                graph.model(RelationName.parse("reporting.both")), (any, days) -> Set.of(named)))
        .isEqualTo(Partitions.of(Set.of(JULY, JULY.plusMonths(1), named)));
  }

  private static Partitions toBuild(BuildPlan plan, Model model) {
    return plan.toBuild(
        model,
        (any, days) -> {
          throw new AssertionError("no contract has 'affected'");
        });
  }
}
