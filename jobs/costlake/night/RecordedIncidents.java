package costlake.night;

import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The input {@code ops.recorded_incidents}: the incidents as the last night published them. */
final class RecordedIncidents {
  private static final RelationName INPUT = RelationName.parse("ops.recorded_incidents");
  private static final TableName INCIDENTS = TableName.parse("governance.incidents");

  private RecordedIncidents() {}

  /** Registers the view. Grain: one row per incident. */
  static void register(SparkSession spark, NightStage night, Graph graph) {
    StructType columns = DecisionViews.columns(graph, INPUT);
    Dataset<Row> none = spark.createDataFrame(List.of(), columns);
    Column[] names = Arrays.stream(columns.fieldNames()).map(functions::col).toArray(Column[]::new);
    night
        .published(INCIDENTS)
        .map(rows -> rows.select(names))
        .orElse(none)
        .createOrReplaceTempView(INPUT.view());
  }
}
