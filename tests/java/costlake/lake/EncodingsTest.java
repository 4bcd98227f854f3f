package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the files of a table hold its columns, as their footers tell. */
class EncodingsTest {
  private static final TableSpec CHARGES =
      new TableSpec(
          TableName.parse("focus.charges"),
          StructType.fromDDL(
              "id string, service string, changes array<string>, extra map<string,string>"),
          Partitioning.whole(),
          Map.of(),
          Set.of("id"));

  /** Written before tables had these properties. */
  private static final TableSpec OLDER =
      new TableSpec(
          CHARGES.name(),
          StructType.fromDDL("id string, service string"),
          Partitioning.whole(),
          Map.of());

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void valuesOfMapsHaveNoDictionaryAndPartsNoStatistics(LakeConfig.Format format)
      throws IOException {
    SparkSession spark = publish(format, CHARGES);
    Map<String, ColumnChunkMetaData> columns = columns(folder);
    assertThat(columns.get("service").hasDictionaryPage()).isTrue();
    assertThat(columns.get("service").getStatistics().hasNonNullValue()).isTrue();
    assertThat(columns.get("extra.key_value.key").hasDictionaryPage()).isTrue();
    assertThat(columns.get("extra.key_value.value").hasDictionaryPage()).isFalse();
    for (String part :
        Set.of("extra.key_value.key", "extra.key_value.value", "changes.list.element")) {
      assertThat(columns.get(part).getStatistics().hasNonNullValue()).as(part).isFalse();
    }
    assertThat(rows(spark).collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            Lake.open(SparkHarness.lake(format, folder), spark)
                .read(CHARGES.name())
                .collectAsList());
  }

  @Test
  void aUniqueColumnHasNoDictionaryInIceberg() throws IOException {
    publish(LakeConfig.Format.ICEBERG, CHARGES);
    ColumnChunkMetaData id = columns(folder).get("id");
    assertThat(id.hasDictionaryPage()).isFalse();
    assertThat(id.getStatistics().hasNonNullValue()).isTrue();
  }

  @Test
  void aTableThatIsThereGetsTheProperties() throws IOException {
    publish(LakeConfig.Format.ICEBERG, OLDER);
    assertThat(columns(folder).get("id").hasDictionaryPage()).isTrue();
    publish(LakeConfig.Format.ICEBERG, CHARGES);
    assertThat(columns(folder).get("id").hasDictionaryPage()).isFalse();
  }

  private SparkSession publish(LakeConfig.Format format, TableSpec spec) {
    LakeConfig config = SparkHarness.lake(format, folder);
    SparkSession spark = SparkHarness.session(config);
    Lake lake = Lake.open(config, spark);
    try (NightStage night = lake.begin("night-" + spec.columns().length())) {
      night.stageAll(spec, rows(spark).select(columns(spec)));
      night.publish(List.of(), Map.of());
    }
    return spark;
  }

  private static Column[] columns(TableSpec spec) {
    return Stream.of(spec.columns().fieldNames()).map(functions::col).toArray(Column[]::new);
  }

  /** Values that repeat, of which a writer makes dictionaries when nothing tells it not to. */
  private static Dataset<Row> rows(SparkSession spark) {
    return spark.sql(
        """
        select
            concat('charge ', id % 10) as id,
            'compute' as service,
            array('unit_renamed') as changes,
            map('rate', string(id % 3), 'term', 'OnDemand') as extra
        from range(1000)""");
  }

  /** Of the Parquet file that was written last, by path within the schema. */
  private static Map<String, ColumnChunkMetaData> columns(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path file =
          files
              .filter(path -> path.toString().endsWith(".parquet"))
              .filter(path -> !path.toString().contains("_delta_log"))
              .filter(path -> path.toString().contains("charges"))
              .max(Comparator.comparingLong(EncodingsTest::modified))
              .orElseThrow();
      Map<String, ColumnChunkMetaData> columns = new TreeMap<>();
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(
                  new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
        reader
            .getFooter()
            .getBlocks()
            .get(0)
            .getColumns()
            .forEach(column -> columns.put(column.getPath().toDotString(), column));
      }
      return columns;
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
