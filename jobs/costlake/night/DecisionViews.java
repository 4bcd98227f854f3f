package costlake.night;

import costlake.lake.DecisionStore;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The inputs of models that follow from decisions, e.g. {@code ops.closed_months}. */
final class DecisionViews {
  private DecisionViews() {}

  /** Registers a temporary view for each of these inputs. */
  static void register(SparkSession spark, DecisionStore decided, Graph graph) {
    decided
        .inputs(spark, relation -> columns(graph, RelationName.parse(relation)))
        .forEach(
            (relation, rows) -> rows.createOrReplaceTempView(RelationName.parse(relation).view()));
  }

  /** Returns the columns of an input, as its contract lists them. */
  static StructType columns(Graph graph, RelationName relation) {
    return StructType.fromDDL(
        graph.columns(relation).entrySet().stream()
            .map(column -> column.getKey() + " " + column.getValue())
            .collect(Collectors.joining(", ")));
  }
}
