package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.RecordTable;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks what Spark plans for the nodes of jobs if no kind of source has jobs. */
class NightsWithoutJobsTest {
  private static final String JOB_NODES = "allocation.job_nodes";
  private static final String MACHINE_NAMES = "allocation.machine_names";

  private static SparkSession spark;

  @BeforeAll
  static void session() {
    spark = SparkHarness.spark();
    Functions.register(spark);
  }

  @Test
  void nodesOfJobsAreEmptyWithoutReadingBills() {
    assertThat(plan(without(), JOB_NODES)).isInstanceOf(LocalRelation.class);
    assertThat(plan(without(), MACHINE_NAMES)).isInstanceOf(LocalRelation.class);
    assertThat(plan(SourceKinds.all(), JOB_NODES)).isNotInstanceOf(LocalRelation.class);
  }

  @Test
  void nodesAndTheirWorkloadsDoNotReadNodesOfJobs() {
    for (String model : List.of("allocation.node_resources", "allocation.workload_owners")) {
      assertThat(plan(without(), model).toString()).doesNotContain(rowsOf(JOB_NODES));
      assertThat(plan(SourceKinds.all(), model).toString()).contains(rowsOf(JOB_NODES));
    }
  }

  @Test
  void changedBillsAreNotSearchedForNamesOfMachines() {
    assertThat(affected(without())).isInstanceOf(LocalRelation.class);
    assertThat(affected(SourceKinds.all())).isNotInstanceOf(LocalRelation.class);
  }

  /** Returns the plan of the query for the days that a changed bill affects. */
  private static LogicalPlan affected(List<SourceKind> kinds) {
    Graph graph = Models.embedded(kinds).compile();
    Resolver names = relation -> "without_jobs__" + relation.view();
    RelationName bills = RelationName.parse("focus.cost_and_usage");
    give(spark, names, bills, graph.columns(bills));
    return ContractCheck.affected(
            spark,
            graph.model(RelationName.parse(MACHINE_NAMES)),
            names,
            List.of(LocalDate.of(2026, 9, 14)))
        .queryExecution()
        .optimizedPlan();
  }

  private static List<SourceKind> without() {
    return SourceKinds.all().stream()
        .filter(kind -> kind.model(RecordTable.INTERVALS) == null)
        .toList();
  }

  /** Returns the plan of a model whose inputs and stored models have rows. */
  private static LogicalPlan plan(List<SourceKind> kinds, String wanted) {
    Graph graph = Models.embedded(kinds).compile();
    Resolver names = relation -> "without_jobs__" + relation.view();
    graph.inputsRead().forEach(input -> give(spark, names, input, graph.columns(input)));
    for (Model model : graph.order()) {
      if (model.name().toString().equals(wanted)) {
        return ContractCheck.modelRows(spark, model, names).queryExecution().optimizedPlan();
      }
      if (model.stored()) {
        give(spark, names, model.name(), graph.columns(model.name()));
      } else {
        ContractCheck.modelRows(spark, model, names)
            .createOrReplaceTempView(names.name(model.name()));
      }
    }
    throw new IllegalArgumentException("No model is named " + wanted);
  }

  /** Gives a relation rows that Spark does not know before it reads them. */
  static void give(
      SparkSession spark, Resolver names, RelationName relation, Map<String, String> columns) {
    String values =
        columns.entrySet().stream()
            .map(column -> value(column.getValue()) + " as `%s`".formatted(column.getKey()))
            .collect(Collectors.joining(", "));
    spark
        .sql("select %s from range(%d)".formatted(values, number(relation.toString())))
        .createOrReplaceTempView(names.name(relation));
  }

  private static String value(String type) {
    return type.contains("<")
        ? "from_json(cast(id as string), '%s')".formatted(type)
        : "cast(cast(id as string) as %s)".formatted(type);
  }

  /** Returns what a plan shows if it reads the rows of a relation. */
  private static String rowsOf(String relation) {
    return "Range (0, %d,".formatted(number(relation));
  }

  /** Returns a number of rows by which a relation is recognised. */
  private static int number(String relation) {
    return 1000 + Math.floorMod(relation.hashCode(), 1_000_000);
  }
}
