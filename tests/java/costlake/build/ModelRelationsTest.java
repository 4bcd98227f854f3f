package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Counts the relations that the query of each model reads in a small night with all kinds of
 * sources: tables, inputs, and views and parts of queries in memory.
 */
@Tag("night")
class ModelRelationsTest {
  private static final Resolver NAMES = relation -> "counted__" + relation.view();

  private final SparkSession spark = SparkHarness.spark();
  private final Map<String, Integer> relations = new TreeMap<>();

  @Test
  void noModelReadsMoreThanFifteenRelations() {
    Functions.register(spark);
    Graph graph = Models.embedded(SourceKinds.all()).compile();
    graph.inputsRead().forEach(name -> give(graph, name));
    graph.order().forEach(model -> count(graph, model));
    assertThat(relations).hasSizeGreaterThan(graph.order().size());
    assertThat(relations)
        .allSatisfy(
            (name, count) ->
                assertThat(count).as(name).isLessThanOrEqualTo(WideQueries.MOST_RELATIONS));
  }

  private void count(Graph graph, Model model) {
    String name = model.name().toString();
    Dataset<Row> rows =
        ContractCheck.modelRows(
            spark, model, NAMES, plan -> new WideQueries(spark, this::held).narrowed(name, plan));
    relations.put(name, WideQueries.relations(rows));
    if (model.stored() || HeldViews.isHeld(graph, model, rows)) {
      give(graph, model.name());
    } else {
      rows.createOrReplaceTempView(NAMES.name(model.name()));
    }
  }

  private void give(Graph graph, RelationName relation) {
    NightsWithoutJobsTest.give(spark, NAMES, relation, graph.columns(relation));
  }

  private Optional<Dataset<Row>> held(String part, Dataset<Row> rows) {
    relations.merge(part, WideQueries.relations(rows), Math::max);
    return Optional.of(spark.createDataFrame(List.of(), rows.schema()));
  }
}
