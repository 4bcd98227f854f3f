package costlake.night;

import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The inputs that are the rows of a table as the last night published them, which are kept. */
final class PublishedRows {
  private static final Map<String, String> TABLES =
      Map.of(
          "published.forecasts", "governance.forecasts",
          "ops.recorded_incidents", "governance.incidents");

  private PublishedRows() {}

  /**
   * Registers a temporary view for each of them: empty if the table is not published, null in
   * columns that an earlier version did not have.
   */
  static void register(SparkSession spark, NightStage night, Graph graph) {
    TABLES.forEach(
        (input, table) -> register(spark, night, graph, RelationName.parse(input), table));
  }

  private static void register(
      SparkSession spark, NightStage night, Graph graph, RelationName input, String table) {
    StructType columns = DecisionViews.columns(graph, input);
    night
        .published(TableName.parse(table))
        .map(rows -> rows.select(as(columns, Set.of(rows.columns()))))
        .orElseGet(() -> spark.createDataFrame(List.of(), columns))
        .createOrReplaceTempView(input.view());
  }

  private static Column[] as(StructType columns, Set<String> known) {
    return Arrays.stream(columns.fields())
        .map(
            column ->
                (known.contains(column.name()) ? functions.col(column.name()) : functions.lit(null))
                    .cast(column.dataType())
                    .as(column.name()))
        .toArray(Column[]::new);
  }
}
