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

/**
 * The inputs {@code published.NAME}: what the last publication has of {@code governance.NAME}, for
 * models that keep their rows or compare them.
 */
final class PublishedTables {
  private static final List<String> NAMES = List.of("forecasts", "restatements", "source_days");

  private PublishedTables() {}

  /** Registers temporary views. A column that an earlier version did not have is null. */
  static void register(SparkSession spark, NightStage night, Graph graph) {
    NAMES.forEach(name -> register(spark, night, graph, name));
  }

  private static void register(SparkSession spark, NightStage night, Graph graph, String name) {
    RelationName input = RelationName.parse("published." + name);
    StructType columns = DecisionViews.columns(graph, input);
    night
        .published(new TableName("governance", name))
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
