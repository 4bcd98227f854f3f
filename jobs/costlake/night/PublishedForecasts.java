package costlake.night;

import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The input {@code published.forecasts}: the forecasts of earlier nights, which are kept. */
final class PublishedForecasts {
  private static final TableName TABLE = new TableName("governance", "forecasts");
  private static final RelationName INPUT = RelationName.parse("published.forecasts");

  private PublishedForecasts() {}

  /** Registers a temporary view. A column that an earlier version did not have is null. */
  static void register(SparkSession spark, NightStage night, Graph graph) {
    StructType columns = DecisionViews.columns(graph, INPUT);
    night
        .published(TABLE)
        .map(rows -> rows.select(as(columns, Set.of(rows.columns()))))
        .orElseGet(() -> spark.createDataFrame(List.of(), columns))
        .createOrReplaceTempView(INPUT.view());
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
