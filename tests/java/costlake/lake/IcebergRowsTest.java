package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in memory become the files that Spark would write. */
class IcebergRowsTest {
  private static final String COLUMNS =
      "day date, id string, team_id string, cost decimal(38,21), at timestamp, times int, share double, is_spot"
          + " boolean, labels map<string,string>, parts array<struct<name: string, cost:"
          + " decimal(38,21)>>";
  private static final String ROWS =
      """
      select * from values
        (date '2026-09-02', 'ü', 'search', 0.1bd, timestamp '2026-09-02 10:00:00', 3, 0.25d, true, map('a', 'b'),
          array(named_struct('name', 'x', 'cost', 1.5bd))),
        (date '2026-09-01', null, null, null, null, null, null, null, null, null),
        (date '2026-09-02', '', 'ads', -7bd, timestamp '1969-12-31 23:59:59.999999', -1, -0.0d, false, map(), array())
      as t (day, id, team_id, cost, at, times, share, is_spot, labels, parts)
      """;
  private static final String WITH_ADDED =
      "select *, if(id = 'ü', 'new', null) as added from (%s)".formatted(ROWS);
  private static final TableName PLANNED = TableName.parse("focus.planned");
  private static final Partitioning BY_DAY = new Partitioning(Partitioning.By.DAY, "day");
  private static final Set<LocalDate> DAYS =
      Set.of(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 9, 2));

  @TempDir Path folder;
  private SparkSession spark;
  private IcebergFormat format;

  @BeforeEach
  void lake() {
    LakeConfig lake = SparkHarness.lake(LakeConfig.Format.ICEBERG, folder);
    spark = SparkHarness.session(lake);
    format = new IcebergFormat(spark, lake);
  }

  @Test
  void filesAreThoseThatSparkWrites() {
    Dataset<Row> rows = inMemory(COLUMNS, ROWS);
    Dataset<Row> query = rows.coalesce(1);
    assertThat(PlannedRows.isInMemory(rows)).isTrue();
    assertThat(PlannedRows.isInMemory(query)).isFalse();
    List<Row> planned = published("focus.planned", COLUMNS, rows);
    assertThat(planned).hasSize(2).isEqualTo(published("focus.executed", COLUMNS, query));
    assertSameRows(rows, spark.table("lake.focus.planned"));
  }

  /** Maintenance removes files whose paths are not exactly those of the table. */
  @Test
  void pathsAreThoseOfTheDisk() {
    TableSpec whole = spec("focus.whole", COLUMNS, Partitioning.whole());
    publish(whole, inMemory(COLUMNS, ROWS), Optional.empty());
    assertThat(spark.sql("select file_path from lake.focus.whole.files").first().getString(0))
        .matches(".*/focus/whole/data/[^/]+\\.parquet");
  }

  @Test
  void aColumnKeepsTheTypeOfTheTable() {
    String wider = COLUMNS.replace("times int", "times bigint");
    published("focus.planned", COLUMNS, inMemory(COLUMNS, ROWS));
    published("focus.planned", wider, inMemory(wider, ROWS));
    Dataset<Row> read = spark.table("lake.focus.planned");
    assertThat(read.schema().apply("times").dataType()).isEqualTo(DataTypes.IntegerType);
    assertSameRows(inMemory(COLUMNS, ROWS), read);
  }

  @Test
  void aSmallTableIsReadAsSparkReadsIt() {
    String more = COLUMNS + ", added string";
    published("focus.planned", COLUMNS, inMemory(COLUMNS, ROWS));
    String before = version();
    published("focus.planned", more, inMemory(more, WITH_ADDED));
    assertSameRows(inMemory(COLUMNS, ROWS), read(before).orElseThrow());
    assertSameRows(inMemory(more, WITH_ADDED), read(version()).orElseThrow());
  }

  @Test
  void onlySparkReadsATableWhoseRowsAnotherProgramDeleted() {
    published("focus.planned", COLUMNS, inMemory(COLUMNS, ROWS));
    spark.sql(
        "alter table lake.focus.planned set tblproperties ('write.delete.mode' = 'merge-on-read')");
    spark.sql("delete from lake.focus.planned where id = ''");
    assertThat(read(version())).isEmpty();
  }

  private String version() {
    return format.version(PLANNED).orElseThrow();
  }

  /** Reads a version of a table without Spark. */
  private Optional<Dataset<Row>> read(String version) {
    StructType columns = format.at(PLANNED, version).schema();
    return format
        .fewRows(PLANNED, version)
        .flatMap(rows -> HeldRows.copy(spark, "planned", rows, columns, new HoldLimit(9, 1 << 20)))
        .map(HeldRows::rows);
  }

  /** The file of the first partition is written, and that of the second cannot be. */
  @Test
  void aWriteThatFailsLeavesNoFiles() throws IOException {
    Path data = Files.createDirectories(folder.resolve("warehouse/focus/planned/data"));
    Files.writeString(data.resolve("day=2026-09-01"), "not a folder");
    assertThatThrownBy(() -> published("focus.planned", COLUMNS, inMemory(COLUMNS, ROWS)))
        .hasStackTraceContaining("day=2026-09-01");
    assertThat(data.resolve("day=2026-09-02")).isDirectory();
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void aCommitThatFailsLeavesNoFiles() throws Exception {
    assertThatThrownBy(() -> commit(IcebergRowsTest::refused))
        .isInstanceOf(ValidationException.class);
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void anUpdateThatCannotBeMadeLeavesNoFiles() throws Exception {
    assertThatThrownBy(
            () ->
                commit(
                    (table, files) -> {
                      throw new IllegalStateException("no update with %d".formatted(files.size()));
                    }))
        .hasMessage("no update with 2");
    assertThat(dataFiles()).isEmpty();
  }

  /** Commits rows to an empty table. */
  private void commit(BiFunction<Table, List<DataFile>, SnapshotUpdate<?>> adding)
      throws Exception {
    Dataset<Row> rows = inMemory(COLUMNS, ROWS);
    format.append(spec("focus.planned", COLUMNS, BY_DAY), inMemory(COLUMNS, ROWS + " where false"));
    Table table = Spark3Util.loadIcebergTable(spark, "lake.focus.planned");
    Files.createDirectories(folder.resolve("warehouse/focus/planned/data"));
    IcebergRows.commit(table, rows, files -> adding.apply(table, files));
  }

  /** Returns an update that Iceberg refuses, because its files have other rows than it replaces. */
  private static OverwriteFiles refused(Table table, List<DataFile> files) {
    OverwriteFiles overwrite =
        table
            .newOverwrite()
            .overwriteByRowFilter(Expressions.equal("id", "none"))
            .validateAddedFilesMatchOverwriteFilter();
    files.forEach(overwrite::addFile);
    return overwrite;
  }

  /** Compares maps by their entries, because Spark does not compare maps. */
  private static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
    SparkHarness.assertSameRows(withEntries(expected), withEntries(actual));
  }

  private static Dataset<Row> withEntries(Dataset<Row> rows) {
    return rows.withColumn("labels", functions.map_entries(functions.col("labels")));
  }

  private Set<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse/focus/planned/data"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).collect(Collectors.toSet());
    }
  }

  private Dataset<Row> inMemory(String columns, String sql) {
    StructType schema = StructType.fromDDL(columns);
    Column[] typed =
        Arrays.stream(schema.fields())
            .map(field -> functions.col(field.name()).cast(field.dataType()))
            .toArray(Column[]::new);
    return spark.createDataFrame(spark.sql(sql).select(typed).collectAsList(), schema);
  }

  private static TableSpec spec(String name, String columns, Partitioning partitioning) {
    return new TableSpec(
        TableName.parse(name), StructType.fromDDL(columns), partitioning, Map.of(), Set.of("id"));
  }

  private void publish(TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> days) {
    format.publish(spec.name(), format.stage("night", spec, rows, days), 1);
  }

  /** Publishes rows, and returns what the table knows about its files. */
  private List<Row> published(String name, String columns, Dataset<Row> rows) {
    publish(spec(name, columns, BY_DAY), rows, Optional.of(DAYS));
    return spark
        .sql(
            """
            select
                partition, file_format, spec_id, record_count, column_sizes, value_counts,
                null_value_counts, nan_value_counts, transform_values(lower_bounds, (k, v) -> hex(v)),
                transform_values(upper_bounds, (k, v) -> hex(v)), split_offsets, sort_order_id
            from lake.%s.files order by partition\
            """
                .formatted(name))
        .collectAsList();
  }
}
