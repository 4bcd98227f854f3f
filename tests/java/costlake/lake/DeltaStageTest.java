package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** Prepares a commit, moves its files in several attempts, and commits them. */
class DeltaStageTest {
  private static final TableSpec CHARGES =
      new TableSpec(
          TableName.parse("focus.charges"),
          StructType.fromDDL("cost decimal(38,21), day date, id string"),
          new Partitioning(Partitioning.By.DAY, "day"),
          Map.of("cost", "What it cost [USD]"),
          Set.of());
  private static final TableSpec WIDER =
      new TableSpec(
          CHARGES.name(),
          CHARGES.columns().add("unit", "string"),
          CHARGES.partitioning(),
          Map.of(),
          Set.of());
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 9, 2);

  @TempDir Path folder;
  private SparkSession spark;
  private DeltaFormat format;

  @BeforeEach
  void openTheFormat() {
    LakeConfig lake = SparkHarness.lake(LakeConfig.Format.DELTA, folder);
    spark = SparkHarness.session(lake);
    format = new DeltaFormat(spark, lake.root());
  }

  private Dataset<Row> rows(String second) {
    return spark.createDataFrame(
        List.of(
            RowFactory.create(new BigDecimal("1.5"), Date.valueOf(FIRST), "a"),
            RowFactory.create(new BigDecimal(second), Date.valueOf(SECOND), "b")),
        CHARGES.columns());
  }

  private String staged(String night, String second) {
    return format.stage(night, CHARGES, rows(second), Optional.empty());
  }

  private static void assertSame(Dataset<Row> expected, Dataset<Row> actual) {
    assertThat(actual.columns()).isEqualTo(expected.columns());
    assertThat(actual.collectAsList())
        .containsExactlyInAnyOrderElementsOf(expected.collectAsList());
  }

  private Path table() {
    return folder.resolve("tables/focus/charges");
  }

  private static List<String> dataFiles(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet") && name.startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void rowsAreWrittenOnceAndTheTableAppearsWithThem() throws IOException {
    String target = staged("n1", "2.5");
    assertThat(table()).doesNotExist();
    assertThat(format.rows(CHARGES, target)).isEqualTo(Map.of(FIRST, 1L, SECOND, 1L));
    assertSame(rows("2.5"), format.staged(CHARGES, Optional.empty(), target));
    List<String> written = dataFiles(folder.resolve("stage"));

    String version = format.publish(CHARGES.name(), target, 1);

    assertThat(version).isEqualTo("0");
    assertThat(dataFiles(table())).isEqualTo(written);
    assertThat(dataFiles(folder.resolve("stage"))).isEmpty();
    assertSame(rows("2.5"), format.at(CHARGES.name(), version));
    assertThat(format.at(CHARGES.name(), version).schema().apply("cost").getComment().get())
        .isEqualTo("What it cost [USD]");
  }

  @Test
  void onlyTheDaysKeptAreReplacedAndARepeatDoesNothing() throws IOException {
    format.publish(CHARGES.name(), staged("n1", "2.5"), 1);
    String target = format.keep(CHARGES, staged("n2", "7.5"), Set.of(SECOND));
    assertThat(format.rows(CHARGES, target)).isEqualTo(Map.of(SECOND, 1L));

    String version = format.publish(CHARGES.name(), target, 2);

    assertSame(rows("7.5"), format.at(CHARGES.name(), version));
    assertThat(dataFiles(table())).as("two of the first night, one of the second").hasSize(3);
    assertThat(format.publish(CHARGES.name(), target, 2)).isEqualTo(version);
    assertThat(format.version(CHARGES.name())).hasValue(version);
  }

  @Test
  void theFilesOfEveryVersionAreThoseThatSparkFinds() {
    for (int night = 1; night <= 12; night++) {
      String target = staged("n" + night, night + ".5");
      boolean isWhole = night % 3 > 0;
      format.publish(
          CHARGES.name(), isWhole ? target : format.keep(CHARGES, target, Set.of(SECOND)), night);
    }
    format.takeBack(CHARGES.name(), Optional.of("4"));
    DeltaLog log = DeltaLog.forTable(spark, table().toString());
    for (long version : new long[] {0, 5, 9, 11, 13}) {
      Snapshot snapshot = log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
      assertThat(snapshot.logSegment().checkpointProvider().isEmpty())
          .as("checkpoint after ten commits")
          .isEqualTo(version < 10);
      assertThat(json(DeltaFiles.of(snapshot)))
          .as("version %d", version)
          .containsExactlyInAnyOrderElementsOf(json(snapshot.allFiles().collectAsList()));
    }
  }

  @Test
  void aFrozenTableThatIsGoneIsNotReadAsEmpty() {
    assertThatThrownBy(() -> format.pinned(CHARGES.name(), "close-2026-09-1"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot read focus.charges as a close froze it")
        .hasMessageContaining("closed/close-2026-09-1/focus.charges has no Delta table");
  }

  private static List<String> json(List<AddFile> files) {
    return files.stream().map(AddFile::json).toList();
  }

  @Test
  void whatWasMovedBeforeTheCommitIsFoundThere() throws IOException {
    String target = staged("n1", "2.5");
    Path first = Path.of("day=2026-09-01");
    Path stage = folder.resolve("stage/n1/focus.charges");
    Files.createDirectories(table());
    Files.move(stage.resolve(first), table().resolve(first));

    String version = format.publish(CHARGES.name(), target, 1);

    assertSame(rows("2.5"), format.at(CHARGES.name(), version));
  }

  @Test
  void aFileThatWasMovedInPartIsMovedAgain() throws IOException {
    String target = staged("n1", "2.5");
    Path first = Path.of("day=2026-09-01");
    Path stage = folder.resolve("stage/n1/focus.charges").resolve(first);
    String name = dataFiles(stage).get(0);
    Files.createDirectories(table().resolve(first));
    Files.write(
        table().resolve(first).resolve(name),
        Arrays.copyOf(Files.readAllBytes(stage.resolve(name)), 100));

    String version = format.publish(CHARGES.name(), target, 1);

    assertSame(rows("2.5"), format.at(CHARGES.name(), version));
  }

  @Test
  void aFileThatIsWholeNowhereIsNotCommitted() throws IOException {
    String target = staged("n1", "2.5");
    Path day = folder.resolve("stage/n1/focus.charges/day=2026-09-02");
    Files.delete(day.resolve(dataFiles(day).get(0)));

    assertThatThrownBy(() -> format.publish(CHARGES.name(), target, 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot finish the publication")
        .hasMessageContaining("focus.charges/day=2026-09-02")
        .hasMessageContaining("Restore the backup");
    assertThat(format.version(CHARGES.name())).isEmpty();
  }

  @Test
  void aRepeatNeedsNothingOfTheStage() {
    String target = staged("n1", "2.5");
    String version = format.publish(CHARGES.name(), target, 1);
    format.discard("n1", CHARGES.name());
    assertThat(format.publish(CHARGES.name(), target, 1)).isEqualTo(version);
    assertThatThrownBy(() -> format.publish(CHARGES.name(), target, 2))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("stage/n1/focus.charges/commit.json");
  }

  @Test
  void propertiesOfTheEngineDoNotChangeATable() {
    spark.conf().set("spark.databricks.delta.properties.defaults.columnMapping.mode", "name");
    String target = staged("n1", "2.5");
    assertThat(format.rows(CHARGES, target)).isEqualTo(Map.of(FIRST, 1L, SECOND, 1L));
    assertSame(rows("2.5"), format.at(CHARGES.name(), format.publish(CHARGES.name(), target, 1)));
  }

  @Test
  void aTableOfOtherTypesOrPartitionsIsRefused() {
    format.publish(CHARGES.name(), staged("n1", "2.5"), 1);
    TableSpec typed =
        new TableSpec(
            CHARGES.name(),
            StructType.fromDDL("cost decimal(38,18), day date, id string"),
            CHARGES.partitioning(),
            Map.of(),
            Set.of());
    TableSpec whole =
        new TableSpec(CHARGES.name(), CHARGES.columns(), Partitioning.whole(), Map.of(), Set.of());
    assertThatThrownBy(() -> format.stage("n2", typed, rows("2.5"), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("with cost as DECIMAL(38,21), not DECIMAL(38,18)");
    assertThatThrownBy(() -> format.stage("n2", whole, rows("2.5"), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("partitioned by [day], not by []");
  }

  @Test
  void anAppendMakesTheTableAndAddsColumns() {
    format.append(CHARGES, rows("2.5"));
    format.append(WIDER, rows("7.5").selectExpr("*", "'Hours' as unit"));
    assertSame(
        rows("2.5")
            .selectExpr("*", "cast(null as string) as unit")
            .union(rows("7.5").selectExpr("*", "'Hours' as unit")),
        format.at(CHARGES.name(), format.version(CHARGES.name()).orElseThrow()));
  }

  @Test
  void aNewColumnComesWithTheCommitThatFillsIt() {
    format.publish(CHARGES.name(), staged("n1", "2.5"), 1);
    String target =
        format.stage(
            "n2",
            WIDER,
            rows("7.5").where("id = 'b'").selectExpr("*", "'Hours' as unit"),
            Optional.of(Set.of(SECOND)));
    assertThat(format.at(CHARGES.name(), "0").columns()).containsExactly("cost", "day", "id");

    String version = format.publish(CHARGES.name(), target, 2);

    assertSame(
        rows("7.5").selectExpr("*", "if(id = 'b', 'Hours', null) as unit"),
        format.at(CHARGES.name(), version));
  }

  @Test
  void aNightWithoutRowsLeavesATableWithoutRows() {
    String target = format.stage("n1", CHARGES, rows("2.5").limit(0), Optional.empty());
    assertThat(format.rows(CHARGES, target)).isEmpty();
    String version = format.publish(CHARGES.name(), target, 1);
    assertThat(format.at(CHARGES.name(), version).count()).isZero();
    assertThat(format.at(CHARGES.name(), version).columns()).containsExactly("cost", "day", "id");
  }
}
