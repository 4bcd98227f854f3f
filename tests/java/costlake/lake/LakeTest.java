package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LakeTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 9, 2);
  private static final TableSpec CHARGES =
      new TableSpec(
          TableName.parse("focus.charges"),
          StructType.fromDDL("day date, id string, cost decimal(38,21)"),
          new Partitioning(Partitioning.By.DAY, "day"),
          Map.of("cost", "What's billed"),
          Set.of());
  private static final TableSpec WIDER =
      new TableSpec(
          TableName.parse("focus.wider"),
          CHARGES.columns().add("unit", "string"),
          CHARGES.partitioning(),
          Map.of(),
          Set.of());
  private static final TableSpec TOTALS =
      new TableSpec(
          TableName.parse("reporting.totals"),
          StructType.fromDDL("cost decimal(38,21)"),
          Partitioning.whole(),
          Map.of(),
          Set.of());

  @TempDir Path folder;
  private Path root;
  private SparkSession spark;

  @Test
  void aLakeIsNotOpenedInAnotherFormat() {
    try (NightStage night = open(LakeConfig.Format.DELTA).begin("night-1")) {
      night.stageAll(TOTALS, total("4"));
      night.publish(List.of(), Map.of("models", "m1"));
    }
    assertThatThrownBy(() -> open(LakeConfig.Format.ICEBERG))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The tables of the lake at %s are delta tables, but lake.format is iceberg. Set"
                + " lake.format to delta, or set lake.root to another folder",
            root);
    assertThat(costs(open(LakeConfig.Format.DELTA).read(TOTALS.name()))).containsExactly("4");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void publishesAllTablesOfANightTogether(LakeConfig.Format format) {
    Lake lake = open(format);
    try (NightStage night = lake.begin("night-1")) {
      night.stage(
          CHARGES, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
      night.stageAll(TOTALS, total("4"));
      assertThat(lake.exists(CHARGES.name())).isFalse();
      assertThat(costs(night.read(CHARGES.name()))).containsExactly("1.5", "2.5");
      assertThat(costs(night.read(CHARGES.name(), "day", Set.of()))).isEmpty();
      assertThat(night.publish(List.of(), Map.of("models", "m1"))).isPresent();
    }
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5", "2.5");
    assertThat(costs(lake.read(TOTALS.name()))).containsExactly("4");
    lake.registerViews(table -> true);
    assertThat(costs(spark.sql("select * from focus.charges"))).containsExactly("1.5", "2.5");
    assertThat(costs(spark.sql("select * from reporting.totals"))).containsExactly("4");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void laterReadersOfANightGetTheRowsOfATableFromMemory(LakeConfig.Format format) {
    Lake lake = open(format);
    Dataset<Row> lastRead;
    try (NightStage night = lake.begin("night-1")) {
      night.stage(CHARGES, many("1.5"), Set.of(FIRST));
      night.read(CHARGES.name()).count();
      assertThat(planOf(night.read(CHARGES.name()))).contains("InMemoryRelation");
      night.stage(CHARGES, many("2.5"), Set.of(FIRST));
      lastRead = night.read(CHARGES.name());
      assertThat(costs(lastRead.select("cost").distinct())).containsExactly("2.5");
    }
    assertThat(planOf(lastRead)).doesNotContain("InMemoryRelation");
  }

  private static String planOf(Dataset<Row> rows) {
    return rows.queryExecution().withCachedData().toString();
  }

  @Test
  void noTwoRunsHaveOneId() throws IOException {
    Lake lake = open(LakeConfig.Format.DELTA);
    assertThat(lake.unusedRunId("night-all-2")).isEqualTo("night-all-2");
    Files.createDirectories(root);
    Files.writeString(root.resolve("writer.lock"), "run night-all-2\n process 1");
    assertThat(lake.unusedRunId("night-all-2")).isEqualTo("night-all-2-try-2");
    RunLog.Run second = RunLog.Run.endingNow("night-all-2-try-2", "night", "all", Instant.EPOCH);
    lake.ops().record(second, Outcome.Status.FAILED, "", List.of());
    assertThat(lake.unusedRunId("night-all-2")).isEqualTo("night-all-2-try-3");
  }

  @Test
  void aTableThatAPublicationDoesNotHaveIsNamed() {
    Lake lake = open(LakeConfig.Format.DELTA);
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    Publication publication = lake.publication().orElseThrow();
    assertThatThrownBy(() -> lake.read(publication, new TableName("focus", "usage")))
        .isInstanceOf(Failure.class)
        .hasMessage("Publication 1 has no table focus.usage");
  }

  @Test
  void aPublicationOfWhichOneTableCannotBeMovedIsFinishedByTheNextRun() throws IOException {
    Lake lake = open(LakeConfig.Format.DELTA);
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    Path commit = root.resolve("stage/night-2/reporting.totals/commit.json");
    Path away = folder.resolve("away.json");
    try (NightStage night = lake.begin("night-2")) {
      night.stage(CHARGES, charges("2026-09-01", "2.5"), Set.of(FIRST));
      night.stageAll(TOTALS, total("2.5"));
      Files.move(commit, away);
      assertThatThrownBy(() -> night.publish(List.of(), Map.of()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("commit.json");
    }
    assertThat(lake.publication().orElseThrow().sequence()).isEqualTo(1);
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5");
    assertThat(lake.unfinished()).isPresent();

    Files.move(away, commit);
    lake.begin("night-3").close();
    assertThat(lake.unfinished()).isEmpty();
    assertThat(lake.publication().orElseThrow().sequence()).isEqualTo(2);
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("2.5");
    assertThat(costs(lake.read(TOTALS.name()))).containsExactly("2.5");
    assertThat(root.resolve("stage")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aColumnThatTheModelNoLongerHasLeavesTheTableButNotItsEarlierVersions(
      LakeConfig.Format format) {
    Lake lake = open(format);
    TableSpec wider =
        new TableSpec(CHARGES.name(), WIDER.columns(), CHARGES.partitioning(), Map.of(), Set.of());
    try (NightStage night = lake.begin("night-1")) {
      night.stage(
          wider, charges("2026-09-01", "1.5").selectExpr("*", "'Hours' as unit"), Set.of(FIRST));
      night.publish(List.of(), Map.of());
    }
    Publication before = lake.publication().orElseThrow();
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    assertThat(lake.read(CHARGES.name()).columns()).containsExactly("day", "id", "cost");
    assertThat(raw(format).columns()).containsExactly("day", "id", "cost");
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5");
    assertThat(lake.read(before, CHARGES.name()).select("unit").first().getString(0))
        .isEqualTo("Hours");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aTableThatANightLeavesOutIsNoLongerOfferedAndCanComeBack(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    publishTotal(lake, "1.5");
    Publication before = lake.publication().orElseThrow();
    try (NightStage night = lake.begin("night-3")) {
      night.stage(CHARGES, charges("2026-09-01", "2.5"), Set.of(FIRST));
      night.leaveOut(TOTALS.name()::equals);
      assertThat(night.leavesOut()).isTrue();
      night.publish(List.of(), Map.of());
    }
    assertThat(lake.exists(TOTALS.name())).isFalse();
    assertThat(lake.tables()).contains("focus.charges").doesNotContain("reporting.totals");
    assertThat(costs(lake.read(before, TOTALS.name()))).containsExactly("1.5");

    publishTotal(lake, "1.5");
    assertThat(costs(lake.read(TOTALS.name()))).containsExactly("1.5");
  }

  @Test
  void theMetadataOfATableWithTeamsHasNoBoundsOfFigures() {
    Lake lake = open(LakeConfig.Format.ICEBERG);
    TableSpec statements =
        new TableSpec(
            TableName.parse("reporting.statements"),
            StructType.fromDDL("billing_month date, team_id string, total_cost decimal(38,21)"),
            new Partitioning(Partitioning.By.MONTH, "billing_month"),
            Map.of(),
            Set.of());
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(
          statements,
          spark.sql(
              "select date'2026-09-01' as billing_month, 'search' as team_id,"
                  + " cast(7 as decimal(38,21)) as total_cost"));
      night.publish(List.of(), Map.of());
    }
    Row bounds =
        spark
            .sql(
                "select cast(readable_metrics.billing_month.upper_bound as string),"
                    + " readable_metrics.team_id.upper_bound,"
                    + " readable_metrics.total_cost.upper_bound"
                    + " from lake.reporting.statements.files")
            .first();
    assertThat(bounds.getString(0)).isEqualTo("2026-09-01");
    assertThat(bounds.isNullAt(1)).isTrue();
    assertThat(bounds.isNullAt(2)).as("Trino shows it by SHOW STATS").isTrue();
  }

  @Test
  void aNightCutOffBetweenATableAndItsFirstSnapshotHindersNoOther() throws IOException {
    Lake lake = open(LakeConfig.Format.ICEBERG);
    Files.createDirectories(root);
    spark.sql("create namespace lake.focus");
    spark.sql(
        "create table lake.focus.charges (day date, id string, cost decimal(38,21)) using iceberg"
            + " partitioned by (day)");
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void whatAPublicationMovedThatNoJournalKnowsIsTakenBack(LakeConfig.Format format)
      throws IOException {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    try (NightStage lost = lake.begin("lost")) {
      lost.stage(CHARGES, charges("2026-09-02", "99"), Set.of(SECOND));
      lost.stage(
          WIDER, charges("2026-09-02", "99").selectExpr("*", "'Hours' as unit"), Set.of(SECOND));
      assertThat(lost.publish(List.of(), Map.of()).orElseThrow().sequence()).isEqualTo(2);
    }
    forget(2);

    lake = open(format);
    publish(lake, charges("2026-09-01", "3.5"), Set.of(FIRST));
    assertThat(lake.publication().orElseThrow().sequence()).isEqualTo(2);
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("2.5", "3.5");
    assertThat(costs(raw(format))).containsExactly("2.5", "3.5");
    assertThat(lake.exists(WIDER.name())).isFalse();

    try (NightStage night = lake.begin("night-3")) {
      night.stage(
          WIDER, charges("2026-09-01", "4.5").selectExpr("*", "'Hours' as unit"), Set.of(FIRST));
      night.publish(List.of(), Map.of());
    }
    assertThat(costs(lake.read(WIDER.name()))).containsExactly("4.5");
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("2.5", "3.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aNightThatTakesBackAndPublishesNothingHarmsNothing(LakeConfig.Format format)
      throws IOException {
    Lake lake = withALostPublication(format);
    assertThat(costs(raw(format))).containsExactly("1.5", "99");

    for (String run : List.of("first", "repeat")) {
      try (NightStage night = lake.begin(run)) {
        night.stage(CHARGES, charges("2026-09-01", "7"), Set.of(FIRST));
      }
      assertThat(costs(raw(format))).containsExactly("1.5", "2.5");
    }
    publish(lake, charges("2026-09-01", "3.5"), Set.of(FIRST));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("2.5", "3.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aNightWithoutTheJournalOfItsTablesIsRefused(LakeConfig.Format format) throws IOException {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    forget(1);
    try (NightStage night = open(format).begin("night-2")) {
      assertThatThrownBy(() -> night.stage(CHARGES, charges("2026-09-01", "3.5"), Set.of(FIRST)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Cannot stage focus.charges: it was published before")
          .hasMessageContaining("Restore the journal");
    }
    assertThat(costs(raw(format))).containsExactly("1.5", "2.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aTableThatSomebodyTidiedIsNotTakenBack(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    spark.sql("delete from " + rawName(format) + " where day = '2026-09-02'");
    assertThat(costs(raw(format))).containsExactly("1.5");
    publish(lake, charges("2026-09-01", "3.5"), Set.of(FIRST));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("3.5");
  }

  @Test
  void aVersionThatTheJournalNamesIsReadHoweverOldAndWhateverCameAfter() throws IOException {
    Lake lake = withALostPublication(LakeConfig.Format.DELTA);
    try (Stream<Path> log = Files.list(root.resolve("tables/focus/charges/_delta_log"))) {
      for (Path file : log.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
      }
    }
    DeltaLog.clearCache();

    lake.registerViews(table -> true);
    assertThat(costs(spark.sql("select * from focus.charges"))).containsExactly("1.5", "2.5");
    publish(lake, charges("2026-09-01", "3.5"), Set.of(FIRST));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("2.5", "3.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aLostPublicationIsTakenBackBeforeMaintenanceForgetsIt(LakeConfig.Format format)
      throws IOException {
    Lake lake = withALostPublication(format);
    maintain(lake, Instant.now().plusSeconds(90L * 86_400));
    assertThat(costs(raw(format))).containsExactly("1.5", "2.5");
    publish(lake, charges("2026-09-01", "3.5"), Set.of(FIRST));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("2.5", "3.5");
  }

  @Test
  void aTagOfALostPublicationMovesToTheOneThatTakesItsNumber() throws IOException {
    Lake lake = open(LakeConfig.Format.ICEBERG);
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    String first = lake.version(CHARGES.name()).orElseThrow();
    publish(lake, charges("2026-09-01", "99"), Set.of(FIRST));
    forget(2);
    spark.sql("call lake.system.rollback_to_snapshot('focus.charges', " + first + ")");

    lake = open(LakeConfig.Format.ICEBERG);
    publish(lake, charges("2026-09-01", "3.5"), Set.of(FIRST));
    assertThat(costs(spark.sql("select * from lake.focus.charges version as of 'publication-2'")))
        .containsExactly("3.5");
  }

  private String rawName(LakeConfig.Format format) {
    return format == LakeConfig.Format.ICEBERG
        ? "lake." + CHARGES.name()
        : "delta.`" + root + "/tables/focus/charges`";
  }

  /** Reads the current version of the table, not the version in the journal. */
  private Dataset<Row> raw(LakeConfig.Format format) {
    return spark.sql("select * from " + rawName(format));
  }

  /**
   * Publishes two days, then a publication that replaces the second day by 99. Removes the second
   * publication from the journal.
   */
  private Lake withALostPublication(LakeConfig.Format format) throws IOException {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    publish(lake, charges("2026-09-02", "99"), Set.of(SECOND));
    forget(2);
    return open(format);
  }

  /** Removes a publication from the journal, but not from the tables. */
  private void forget(int publication) throws IOException {
    Files.delete(root.resolve("journal/%09d.json".formatted(publication)));
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void replacesExactlyThePartitionsNamed(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    try (NightStage night = lake.begin("night-2")) {
      StageResult result = night.stage(CHARGES, charges("2026-09-02", "3.5"), Set.of(SECOND));
      assertThat(result).isEqualTo(new StageResult(1, Set.of(SECOND), Set.of()));
      assertThat(costs(night.read(CHARGES.name()))).containsExactly("1.5", "3.5");
      assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5", "2.5");
      night.publish(List.of(), Map.of());
    }
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5", "3.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aWholeRebuildTellsWhichPartitionsDiffer(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    try (NightStage night = lake.begin("night-2")) {
      assertThat(night.stageAll(CHARGES, charges("2026-09-01", "1.5", "2026-09-02", "9")))
          .isEqualTo(new StageResult(2, Set.of(SECOND), Set.of(FIRST)));
      assertThat(costs(night.read(CHARGES.name()))).containsExactly("1.5", "9");
      night.publish(List.of(), Map.of());
    }
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5", "9");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void anEmptyTableCanBeAskedAndIsNotReadByANight(LakeConfig.Format format) {
    Lake lake = open(format);
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(CHARGES, charges("2026-09-01", "1").limit(0));
      night.stageAll(TOTALS, total("4"));
      night.publish(List.of(), Map.of());
    }
    assertThat(costs(lake.read(CHARGES.name()))).isEmpty();
    try (NightStage night = lake.begin("night-2")) {
      Dataset<Row> empty = night.published(CHARGES.name()).orElseThrow();
      assertThat(PlannedRows.isInMemory(empty)).isTrue();
      assertThat(empty.columns()).containsExactly("day", "id", "cost");
    }
  }

  @Test
  void aNightReadsAPublishedTableThatIsKnownToBeSmallOnce() throws IOException {
    Lake lake = open(LakeConfig.Format.ICEBERG);
    publishTotal(lake, "4");
    try (NightStage night = lake.begin("night-2")) {
      assertThat(PlannedRows.isInMemory(night.published(TOTALS.name()).orElseThrow())).isTrue();
      FileUtils.deleteDirectory(root.resolve("warehouse/reporting/totals/data").toFile());
      assertThat(night.read(TOTALS.name()).first().getDecimal(0)).isEqualByComparingTo("4");
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void leavesATableAloneWhenNothingDiffers(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    String before = lake.version(CHARGES.name()).orElseThrow();
    try (NightStage night = lake.begin("night-2")) {
      StageResult result =
          night.stage(
              CHARGES, charges("2026-09-02", "2.50", "2026-09-01", "1.5"), Set.of(FIRST, SECOND));
      assertThat(result).isEqualTo(new StageResult(2, Set.of(), Set.of(FIRST, SECOND)));
      assertThat(night.publish(List.of(), Map.of())).isEmpty();
    }
    assertThat(lake.version(CHARGES.name())).contains(before);
    assertThat(lake.publications()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void emptiesAPartitionThatHasNoRowsAnyMore(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5", "2026-09-02", "2.5"), Set.of(FIRST, SECOND));
    publish(lake, charges("2026-09-01", "1.5").limit(0), Set.of(SECOND));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void anAbandonedNightLeavesNoTrace(LakeConfig.Format format) {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1.5"), Set.of(FIRST));
    try (NightStage night = lake.begin("night-2")) {
      night.stage(CHARGES, charges("2026-09-01", "9"), Set.of(FIRST));
    }
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5");
    publish(lake, charges("2026-09-02", "2"), Set.of(SECOND));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("1.5", "2");
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void refusesRowsOutsideOfThePartitionsNamed(LakeConfig.Format format) {
    Lake lake = open(format);
    try (NightStage night = lake.begin("night-1")) {
      assertThatThrownBy(
              () ->
                  night.stage(
                      CHARGES, charges("2026-09-01", "1", "2026-09-02", "2"), Set.of(FIRST)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("outside the partitions");
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aSecondNightIsRefusedAndSaysWhoRuns(LakeConfig.Format format) {
    Lake lake = open(format);
    NightStage first = lake.begin("night-1");
    try (first) {
      assertThatThrownBy(() -> lake.begin("night-2"))
          .hasMessageContaining("another night is running (run night-1, process ");
    }
    lake.begin("night-3").close();
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void expiryKeepsWhatAPublicationPins(LakeConfig.Format format) throws IOException {
    Lake lake = open(format);
    publish(lake, charges("2026-09-01", "1"), Set.of(FIRST));
    publish(lake, charges("2026-09-01", "2"), Set.of(FIRST));
    publish(lake, charges("2026-09-01", "3"), Set.of(FIRST));
    String first = lake.publications().get(0).versions().get(CHARGES.name().toString());
    long files = dataFiles();
    maintain(lake, Instant.now());
    assertThat(costs(at(format, first))).containsExactly("1");
    assertThat(dataFiles()).isEqualTo(files);

    maintain(lake, Instant.now().plusSeconds(90L * 86_400));
    assertThat(costs(lake.read(CHARGES.name()))).containsExactly("3");
    assertThat(dataFiles()).isLessThan(files);
    assertThat(lake.publications()).hasSize(1);
  }

  private static void maintain(Lake lake, Instant now) {
    try (NightStage night = lake.begin("maintenance")) {
      night
          .maintenance()
          .run(new costlake.config.MaintenanceConfig(30, 32, 3), now, Progress.SILENT);
    }
  }

  private Dataset<Row> at(LakeConfig.Format format, String version) {
    return spark.sql("select * from " + rawName(format) + " version as of " + version);
  }

  private long dataFiles() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void writesDownWhatHappened(LakeConfig.Format format) {
    Lake lake = open(format);
    lake.ops()
        .record(
            new RunLog.Run("night-1", "night", "2026-09", Instant.EPOCH, 5),
            Outcome.Status.DONE,
            "ok",
            List.of(
                new Outcome(
                    "build",
                    "focus.charges",
                    Outcome.Status.DONE,
                    2L,
                    "USD 4",
                    "2 days",
                    Instant.EPOCH,
                    3)));
    lake.registerViews(table -> true);
    assertThat(spark.sql("select status from ops.runs").first().getString(0)).isEqualTo("done");
    assertThat(spark.sql("select rows from ops.outcomes").first().getLong(0)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void tablesCanBeStagedSideBySide(LakeConfig.Format format) throws Exception {
    Lake lake = open(format);
    List<TableSpec> specs =
        java.util.stream.IntStream.range(0, 6)
            .mapToObj(
                i ->
                    new TableSpec(
                        TableName.parse("space" + i % 2 + ".table_" + i),
                        CHARGES.columns(),
                        CHARGES.partitioning(),
                        Map.of(),
                        Set.of()))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (NightStage night = lake.begin("night-1")) {
      List<Future<StageResult>> results = new ArrayList<>();
      for (TableSpec spec : specs) {
        results.add(
            threads.submit(() -> night.stage(spec, charges("2026-09-01", "1.5"), Set.of(FIRST))));
      }
      for (Future<StageResult> result : results) {
        assertThat(result.get().changed()).containsExactly(FIRST);
      }
      night.publish(List.of(), Map.of());
    } finally {
      threads.shutdownNow();
    }
    for (TableSpec spec : specs) {
      assertThat(costs(lake.read(spec.name()))).containsExactly("1.5");
    }
  }

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void refusesARowThatLiesInNoPartition(LakeConfig.Format format) {
    Lake lake = open(format);
    try (NightStage night = lake.begin("night-1")) {
      assertThatThrownBy(
              () ->
                  night.stageAll(
                      CHARGES,
                      spark.sql(
                          "select cast(null as date) as day, 'a' as id, cast(1 as decimal(38,21)) as cost")))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "Cannot stage focus.charges: 1 rows have no value in day, the partition column");
    }
  }

  private Lake open(LakeConfig.Format format) {
    root = folder.resolve("not/made/yet");
    LakeConfig config = SparkHarness.lake(format, root);
    spark = SparkHarness.session(config);
    return Lake.open(config, spark);
  }

  private void publish(Lake lake, Dataset<Row> rows, Set<LocalDate> days) {
    try (NightStage night = lake.begin("night")) {
      night.stage(CHARGES, rows, days);
      night.publish(List.of(), Map.of());
    }
  }

  private void publishTotal(Lake lake, String cost) {
    try (NightStage night = lake.begin("night")) {
      night.stageAll(TOTALS, total(cost));
      night.publish(List.of(), Map.of());
    }
  }

  private Dataset<Row> total(String cost) {
    return spark.sql("select cast('" + cost + "' as decimal(38,21)) as cost");
  }

  /** Returns more rows of the first day than a night keeps in its own memory. */
  private Dataset<Row> many(String cost) {
    return spark.sql(
        "select date'2026-09-01' as day, cast(id as string) as id, cast('%s' as decimal(38,21)) as cost from range(50001)"
            .formatted(cost));
  }

  private Dataset<Row> charges(String... dayAndCost) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < dayAndCost.length; i += 2) {
      rows.append(i == 0 ? "" : " union all ")
          .append(
              "select date'%s' as day, 'id' as id, cast('%s' as decimal(38,21)) as cost"
                  .formatted(dayAndCost[i], dayAndCost[i + 1]));
    }
    return spark.sql(rows.toString());
  }

  private static List<String> costs(Dataset<Row> rows) {
    return rows.select("cost").collectAsList().stream()
        .map(row -> row.getDecimal(0).stripTrailingZeros().toPlainString())
        .sorted()
        .toList();
  }
}
