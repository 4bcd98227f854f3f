package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.Graph;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build fails if a required map or array is null. */
class BuildTest {
  private static final TableName LINES = TableName.parse("focus.lines");

  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;
  private Graph graph;

  @BeforeEach
  void aModelWithARequiredMapAndArray() {
    SmallModels models =
        SmallModels.below(
            folder, "id: string, extra: 'map<string,string>', changes: 'array<string>'");
    spark = models.spark();
    lake = models.lake();
    models.model(
        "focus/lines",
        "select id, extra, changes from {{ source('bronze.bill') }}",
        """
        description: Lines
        grain: one row per line
        owner: finops
        materialized: table
        partition: {by: whole}
        key: [id]
        columns:
          - {name: id, type: string, nullable: false, meaning: the id}
          - {name: extra, type: 'map<string,string>', nullable: false, meaning: the rest}
          - {name: changes, type: 'array<string>', nullable: false, meaning: what changed}
        """);
    graph = models.graph();
  }

  @Test
  void aRequiredMapMayBeEmpty() {
    bill("map()", "array()");
    try (NightStage night = lake.begin("night")) {
      Row row = build(night).first();
      assertThat(row.getJavaMap(1)).isEmpty();
      assertThat(row.getList(2)).isEmpty();
    }
  }

  @Test
  void aRequiredMapThatIsNullStopsTheNight() {
    bill("null", "array()");
    stops(
        "column 'extra' is null, but the contract does not allow null (models/focus/lines.yml:9)");
  }

  @Test
  void aRequiredArrayThatIsNullStopsTheNight() {
    bill("map()", "null");
    stops(
        "column 'changes' is null, but the contract does not allow null"
            + " (models/focus/lines.yml:10)");
  }

  private void bill(String extra, String changes) {
    spark
        .sql(
            "select 'a' as id, cast(%s as map<string,string>) as extra, cast(%s as array<string>) as changes"
                .formatted(extra, changes))
        .createOrReplaceTempView("bronze__bill");
  }

  private void stops(String message) {
    try (NightStage night = lake.begin("night")) {
      assertThatThrownBy(() -> build(night))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Cannot build focus.lines: ")
          .hasMessageContaining(message);
    }
  }

  private Dataset<Row> build(NightStage night) {
    new Build(spark, graph, night, Changes.all(), Progress.SILENT).models(1);
    return night.read(LINES).orderBy(functions.col("id"));
  }
}
