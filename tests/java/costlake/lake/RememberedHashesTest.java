package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Sha256;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the recorded hashes of tables in memory and of tables in files. */
class RememberedHashesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 9, 2);
  private static final LocalDate THIRD = LocalDate.of(2026, 9, 3);
  private static final int FEW = 2;
  private static final int MANY = 30_000;
  private static final TableSpec LINES =
      new TableSpec(
          TableName.parse("focus.lines"),
          StructType.fromDDL("day date, id long, cost long"),
          new Partitioning(Partitioning.By.DAY, "day"),
          Map.of(),
          Set.of());

  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;

  @ParameterizedTest
  @CsvSource({"ICEBERG, 2", "ICEBERG, 30000", "DELTA, 2", "DELTA, 30000"})
  void aNightFindsThePartitionsThatDiffer(LakeConfig.Format format, int rows) {
    open(format);
    night(Optional.empty(), lines(FIRST, rows, 1).union(lines(SECOND, rows, 1)));
    try (NightStage night = lake.begin("two")) {
      assertThat(night.stageAll(LINES, lines(SECOND, rows, 2).union(lines(THIRD, rows, 1))))
          .isEqualTo(new StageResult(2L * rows, Set.of(FIRST, SECOND, THIRD), Set.of()));
      assertThat(costs(night.read(LINES.name()))).containsExactly("2026-09-02 2", "2026-09-03 1");
      night.publish(List.of(), Map.of());
    }
    try (NightStage night = lake.begin("three")) {
      Set<LocalDate> days = Set.of(SECOND, THIRD);
      assertThat(night.stage(LINES, lines(THIRD, rows, 1).union(lines(SECOND, rows, 2)), days))
          .isEqualTo(new StageResult(2L * rows, Set.of(), days));
      assertThat(night.publish(List.of(), Map.of())).isEmpty();
    }
    night(Optional.of(Set.of(SECOND)), lines(SECOND, rows, 3));
    assertThat(costs(lake.read(LINES.name()))).containsExactly("2026-09-02 3", "2026-09-03 1");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aSmallTableThatGrewAndShrankIsCompared(LakeConfig.Format format) {
    open(format);
    night(Optional.empty(), lines(FIRST, FEW, 1));
    night(Optional.of(Set.of(SECOND)), lines(SECOND, 2 * MANY, 1));
    night(Optional.of(Set.of(SECOND)), lines(SECOND, FEW, 1));
    night(Optional.of(Set.of(FIRST)), lines(FIRST, FEW, 2));
    assertThat(costs(lake.read(LINES.name()))).containsExactly("2026-09-01 2", "2026-09-02 1");
  }

  @Test
  void rowsOfTonightAreReadFromMemory() {
    open(LakeConfig.Format.ICEBERG);
    night(Optional.empty(), lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1)));
    try (NightStage night = lake.begin("two")) {
      night.stage(LINES, lines(SECOND, FEW, 2), Set.of(SECOND));
      Dataset<Row> staged = night.read(LINES.name(), "day", Set.of(SECOND));
      assertThat(costs(staged)).containsExactly("2026-09-02 2");
      assertThat(staged.inputFiles()).isEmpty();
      assertThat(costs(night.read(LINES.name(), "day", Set.of(FIRST, SECOND))))
          .containsExactly("2026-09-01 1", "2026-09-02 2");
    }
  }

  @Test
  void keysAndRequiredValuesAreCountedInMemory() {
    open(LakeConfig.Format.ICEBERG);
    try (NightStage night = lake.begin("one")) {
      night.stageAll(
          LINES,
          lines(FIRST, FEW, 1)
              .union(lines(SECOND, FEW, 1))
              .union(spark.sql("select date'2026-09-01', 0L, cast(null as bigint)")));
      HeldRows held = night.heldRows(LINES.name()).orElseThrow();
      assertThat(held.countRepeatedKeys(List.of("day", "id"), Optional.empty())).isEqualTo(1);
      assertThat(held.countRepeatedKeys(List.of("day", "id"), Optional.of(Set.of(SECOND))))
          .isZero();
      assertThat(held.countRepeatedKeys(List.of("cost"), Optional.of(Set.of(FIRST)))).isEqualTo(1);
      assertThat(held.countWithoutRequired(List.of("id", "cost"), Optional.empty())).isEqualTo(1);
      assertThat(held.countWithoutRequired(List.of("cost"), Optional.of(Set.of(SECOND)))).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void hashesThatAreLostAreComputedAgain(LakeConfig.Format format) throws IOException {
    open(format);
    night(Optional.empty(), lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1)));
    Files.delete(hashFiles().get(0));
    assertThatHashesAreComputedAgain(format);
    assertThat(hashFiles()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void hashesThatAreDamagedAreComputedAgain(LakeConfig.Format format) throws IOException {
    open(format);
    night(Optional.empty(), lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1)));
    Path file = hashFiles().get(0);
    Files.writeString(file, Files.readString(file).replace("2:", "3:"));
    assertThatHashesAreComputedAgain(format);
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void rememberedHashesAreWhatRowsAreComparedWith(LakeConfig.Format format) throws IOException {
    open(format);
    night(Optional.empty(), lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1)));
    Path file = hashFiles().get(0);
    String wrong = Files.readString(file).replaceFirst("(\\d{4}-\\d\\d-01\":\")2:", "$13:");
    String name = Sha256.hex(wrong) + ".json";
    Files.writeString(file.resolveSibling(name), wrong);
    Path entry = folder.resolve("lake/journal/000000001.json");
    Files.writeString(entry, Files.readString(entry).replace(file.getFileName().toString(), name));
    lake = Lake.open(SparkHarness.lake(format, folder.resolve("lake")), spark);
    try (NightStage night = lake.begin("two")) {
      assertThat(night.stageAll(LINES, lines(SECOND, FEW, 1).union(lines(FIRST, FEW, 1))))
          .isEqualTo(new StageResult(2L * FEW, Set.of(FIRST), Set.of(SECOND)));
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aRenamedColumnIsWrittenForAllPartitions(LakeConfig.Format format) {
    open(format);
    night(Optional.empty(), lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1)));
    TableSpec renamed =
        new TableSpec(
            LINES.name(),
            StructType.fromDDL("day date, id long, costs long"),
            LINES.partitioning(),
            Map.of(),
            Set.of());
    try (NightStage night = lake.begin("two")) {
      Dataset<Row> rows = lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1));
      assertThat(night.stageAll(renamed, rows.withColumnRenamed("cost", "costs")))
          .isEqualTo(new StageResult(2L * FEW, Set.of(FIRST, SECOND), Set.of()));
      night.publish(List.of(), Map.of());
    }
    assertThat(costs(lake.read(LINES.name()).select("day", "costs").toDF("day", "cost")))
        .containsExactly("2026-09-01 1", "2026-09-02 1");
  }

  @Test
  void aTableWhoseFilesAreLostStopsTheNight() throws IOException {
    open(LakeConfig.Format.DELTA);
    night(Optional.empty(), lines(FIRST, FEW, 1).union(lines(SECOND, FEW, 1)));
    FileUtils.deleteDirectory(folder.resolve("lake/tables/focus/lines").toFile());
    try (NightStage night = lake.begin("two")) {
      assertThatThrownBy(() -> night.stage(LINES, lines(SECOND, FEW, 2), Set.of(SECOND)))
          .hasMessageContaining("focus/lines");
    }
  }

  @Test
  void rowsOfManyTasksAreNotCollected() {
    open(LakeConfig.Format.ICEBERG);
    try (NightStage night = lake.begin("one")) {
      night.stageAll(LINES, lines(FIRST, FEW, 1).repartition(9));
      assertThat(night.heldRows(LINES.name())).isEmpty();
      night.stageAll(LINES, lines(FIRST, FEW, 1).repartition(8));
      assertThat(night.heldRows(LINES.name())).isPresent();
    }
  }

  private void assertThatHashesAreComputedAgain(LakeConfig.Format format) throws IOException {
    lake = Lake.open(SparkHarness.lake(format, folder.resolve("lake")), spark);
    try (NightStage night = lake.begin("two")) {
      assertThat(night.stageAll(LINES, lines(SECOND, FEW, 2).union(lines(FIRST, FEW, 1))))
          .isEqualTo(new StageResult(2L * FEW, Set.of(SECOND), Set.of(FIRST)));
      night.publish(List.of(), Map.of());
    }
  }

  private List<Path> hashFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lake/journal/hashes"))) {
      return files.toList();
    }
  }

  private void open(LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, folder.resolve("lake"));
    spark = SparkHarness.session(config);
    lake = Lake.open(config, spark);
  }

  private void night(Optional<Set<LocalDate>> days, Dataset<Row> rows) {
    try (NightStage night = lake.begin("night")) {
      if (days.isPresent()) {
        night.stage(LINES, rows, days.get());
      } else {
        night.stageAll(LINES, rows);
      }
      night.publish(List.of(), Map.of());
    }
  }

  private Dataset<Row> lines(LocalDate day, int rows, int cost) {
    return spark
        .range(0, rows, 1, 2)
        .selectExpr("date'" + day + "' as day", "id", "cast(" + cost + " as bigint) as cost");
  }

  private static List<String> costs(Dataset<Row> rows) {
    return rows.selectExpr("concat_ws(' ', day, cost) as cost").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
