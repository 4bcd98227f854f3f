package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.testing.Footers;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the encodings of columns in the footers of data files. */
class ParquetEncodingsTest {
  private static final TableSpec CHARGES =
      spec(
          "id string, service string, changes array<string>, labels map<string,string>,"
              + " extra map<string,string>",
          "id",
          "extra");

  /** The table in an older version, which declared no columns as unrepeated. */
  private static final TableSpec OLDER = spec("id string, service string");

  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void whatHardlyRepeatsHasNoDictionary(LakeConfig.Format format) throws IOException {
    open(format);
    publish(CHARGES);
    assertThat(columns()).hasSize(7);
    assertThat(dictionaries())
        .containsExactlyInAnyOrder(
            "service",
            "changes.list.element",
            "labels.key_value.key",
            "labels.key_value.value",
            "extra.key_value.key");
    assertThat(lake.read(CHARGES.name()).collectAsList())
        .containsExactlyInAnyOrderElementsOf(rows(CHARGES).collectAsList());
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void entriesOfMapsAndArraysHaveNoMinimum(LakeConfig.Format format) throws IOException {
    open(format);
    publish(CHARGES);
    assertThat(columnsWith(column -> column.getStatistics().hasNonNullValue()))
        .containsExactlyInAnyOrder("id", "service");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aTableThatIsThereIsWrittenSoFromItsNextNightOn(LakeConfig.Format format) throws IOException {
    open(format);
    publish(OLDER);
    assertThat(dictionaries()).contains("id");
    publish(CHARGES);
    assertThat(dictionaries()).contains("service").doesNotContain("id", "extra.key_value.value");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aTableThatGrowsKeepsThemWhenItsFilesAreMerged(LakeConfig.Format format) throws IOException {
    open(format);
    publish(CHARGES);
    LakeConfig config = SparkHarness.lake(format, folder);
    TableFormat tables =
        format == LakeConfig.Format.ICEBERG
            ? new IcebergFormat(spark, config)
            : new DeltaFormat(spark, config.root());
    for (int i = 0; i < MaintenancePlan.SMALL_FILES_MIN; i++) {
      tables.append(
          CHARGES, spark.createDataFrame(rows(CHARGES).collectAsList(), CHARGES.columns()));
    }
    assertThat(
            tables.merge(
                CHARGES.name(), new MaintenancePlan(Instant.EPOCH, Instant.EPOCH, 1 << 20)))
        .isPositive();
    assertThat(dictionaries()).contains("service").doesNotContain("id", "extra.key_value.value");
  }

  private static TableSpec spec(String columns, String... unrepeated) {
    return new TableSpec(
        TableName.parse("focus.charges"),
        StructType.fromDDL(columns),
        Partitioning.whole(),
        Map.of(),
        Set.of(unrepeated));
  }

  private void open(LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, folder);
    spark = SparkHarness.session(config);
    lake = Lake.open(config, spark);
  }

  private void publish(TableSpec spec) {
    try (NightStage night = lake.begin("night-" + spec.columns().length())) {
      night.stageAll(spec, rows(spec));
      night.publish(List.of(), Map.of());
    }
  }

  /**
   * Returns rows with repeating values. By default, a Parquet writer uses dictionaries for all
   * columns.
   */
  private Dataset<Row> rows(TableSpec spec) {
    Column[] columns =
        Arrays.stream(spec.columns().fieldNames()).map(functions::col).toArray(Column[]::new);
    return spark
        .sql(
            """
            select
                concat('charge ', id % 10) as id,
                'compute' as service,
                array('unit_renamed') as changes,
                map('team', concat('team ', id % 3)) as labels,
                map('rate', cast(id % 3 as string), 'term', 'OnDemand') as extra
            from range(1000)""")
        .select(columns);
  }

  private List<String> dictionaries() throws IOException {
    return columnsWith(ColumnChunkMetaData::hasDictionaryPage);
  }

  private List<String> columnsWith(Predicate<ColumnChunkMetaData> wanted) throws IOException {
    return columns().entrySet().stream()
        .filter(column -> wanted.test(column.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, ColumnChunkMetaData> columns() throws IOException {
    return Footers.columns(folder, "charges");
  }
}
