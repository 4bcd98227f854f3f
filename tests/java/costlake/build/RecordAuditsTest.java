package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Audit;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Audits read a few columns of records. Spark then leaves out the others, and has left out columns
 * that a lateral view needs.
 */
class RecordAuditsTest {
  private static final Graph GRAPH = Models.embedded().compile();
  private static final Resolver NAMES = relation -> "record_audits__" + relation.view();

  static Stream<String> audits() {
    return GRAPH.audits().stream()
        .filter(audit -> audit.reads().stream().anyMatch(RecordAuditsTest::isRecords))
        .map(Audit::name);
  }

  private static boolean isRecords(RelationName name) {
    return name.toString().endsWith("_records");
  }

  /** Returns the views that relations need, each after those that it reads. */
  private static List<Model> views(Set<RelationName> read) {
    Set<RelationName> wanted = new HashSet<>();
    read.stream()
        .filter(GRAPH::isModel)
        .forEach(
            name -> {
              wanted.add(name);
              wanted.addAll(GRAPH.partsOf(GRAPH.model(name)));
            });
    return GRAPH.order().stream().filter(model -> wanted.contains(model.name())).toList();
  }

  @BeforeAll
  static void giveInputs() {
    SparkSession spark = SparkHarness.spark();
    Functions.register(spark);
    GRAPH
        .inputsRead()
        .forEach(input -> NightsWithoutJobsTest.give(spark, NAMES, input, GRAPH.columns(input)));
  }

  @ParameterizedTest
  @MethodSource("audits")
  void noStepOfThePlanLacksAColumn(String name) {
    SparkSession spark = SparkHarness.spark();
    Audit audit =
        GRAPH.audits().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
    views(audit.reads())
        .forEach(
            model ->
                ContractCheck.modelRows(spark, model, NAMES)
                    .createOrReplaceTempView(NAMES.name(model.name())));
    assertThat(spark.sql(audit.render(NAMES)).queryExecution().optimizedPlan().toString())
        .as("Spark marks a step that lacks a column by an exclamation mark")
        .doesNotContainPattern("(?m)^[ :+-]*!");
  }
}
