package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import costlake.config.LakeConfig;
import costlake.config.LakeConfig.Format;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.testing.JavaProcess;
import costlake.testing.KillPoints;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills the process of a night. The next night gives the same lake as an undisturbed night. */
@Tag("kill")
class LakeKillTest {
  private static final Map<String, String> FIRST =
      Map.of("focus.charges", "1,7", "allocation.allocated", "1,7", "reporting.totals", "8");
  private static final Map<String, String> SECOND =
      Map.of("focus.charges", "1,2", "allocation.allocated", "1,2", "reporting.totals", "3");

  private static final List<Arguments> POINTS =
      List.of(
          arguments(Format.ICEBERG, FailPoints.STAGE_BEFORE_WRITE, false),
          arguments(Format.ICEBERG, FailPoints.STAGE_AFTER_WRITE, false),
          arguments(Format.ICEBERG, FailPoints.STAGE_AFTER_COMPARE, false),
          arguments(Format.ICEBERG, FailPoints.PUBLISH_BEFORE_JOURNAL, false),
          arguments(Format.ICEBERG, FailPoints.PUBLISH_AFTER_JOURNAL, true),
          arguments(Format.ICEBERG, FailPoints.PUBLISH_AFTER_FIRST_TABLE, true),
          arguments(Format.ICEBERG, FailPoints.PUBLISH_BEFORE_PUBLISHED, true),
          arguments(Format.ICEBERG, FailPoints.PUBLISH_AFTER_PUBLISHED, true),
          arguments(Format.DELTA, FailPoints.STAGE_AFTER_WRITE, false),
          arguments(Format.DELTA, FailPoints.PUBLISH_AFTER_JOURNAL, true),
          arguments(Format.DELTA, FailPoints.PUBLISH_FILES_MOVED, true),
          arguments(Format.DELTA, FailPoints.PUBLISH_AFTER_FIRST_TABLE, true),
          arguments(Format.DELTA, FailPoints.PUBLISH_BEFORE_PUBLISHED, true));

  @TempDir Path root;

  private static final Map<Format, Long> UNDISTURBED = new EnumMap<>(Format.class);

  /** Counts the data files of lakes whose nights were not killed. */
  @BeforeAll
  static void runUndisturbed(@TempDir Path others) throws IOException {
    for (Format format : Format.values()) {
      Path other = others.resolve(format.name());
      LakeConfig config = SparkHarness.lake(format, other);
      Lake lake = Lake.open(config, SparkHarness.session(config));
      SmallNight.run(lake, "night-1", "7");
      SmallNight.run(lake, "night-2", "2");
      UNDISTURBED.put(format, dataFiles(other));
    }
  }

  static List<Arguments> points() {
    return KillPoints.ofThisRun(POINTS);
  }

  @ParameterizedTest
  @MethodSource("points")
  void theNextNightEndsWhereAnUndisturbedOneWould(Format format, String place, boolean rollsForward)
      throws Exception {
    LakeConfig config = SparkHarness.lake(format, root.resolve("lake"));
    Lake lake = Lake.open(config, SparkHarness.session(config));
    SmallNight.run(lake, "night-1", "7");

    assertThat(diesAt(place, format, "night-2")).isEqualTo(FailPoint.HALTED);
    boolean published = place.equals(FailPoints.PUBLISH_AFTER_PUBLISHED);
    assertThat(contents(lake)).as("what readers see").isEqualTo(published ? SECOND : FIRST);

    nextNight(lake, rollsForward ? SECOND : FIRST);
    lake.registerViews(table -> true);
    assertThat(
            SparkSession.active()
                .sql("select message from ops.runs where run_id = 'night-2'")
                .first()
                .getString(0))
        .startsWith("interrupted");
    assertThat(dataFiles(root.resolve("lake"))).isEqualTo(UNDISTURBED.get(format));
  }

  @ParameterizedTest
  @CsvSource({
    "ICEBERG, stage-after-write, false",
    "ICEBERG, publish-after-journal, true",
    "DELTA, stage-after-write, false",
    "DELTA, publish-after-journal, true",
  })
  void aRecoveryThatDiesIsDoneByTheNextNight(Format format, String place, boolean rollsForward)
      throws Exception {
    LakeConfig config = SparkHarness.lake(format, root.resolve("lake"));
    Lake lake = Lake.open(config, SparkHarness.session(config));
    SmallNight.run(lake, "night-1", "7");
    assertThat(diesAt(place, format, "night-2")).isEqualTo(FailPoint.HALTED);
    assertThat(diesAt(FailPoints.RECOVER_BEFORE_SWEEP, format, "night-3"))
        .isEqualTo(FailPoint.HALTED);
    assertThat(root.resolve("lake/stage")).as("left for the next night").isNotEmptyDirectory();
    nextNight(lake, rollsForward ? SECOND : FIRST);
    assertThat(dataFiles(root.resolve("lake"))).isEqualTo(UNDISTURBED.get(format));
    lake.registerViews(table -> true);
    String recorded = "select run_id || ': ' || message from ops.runs where run_id <> 'night-1'";
    assertThat(SparkSession.active().sql(recorded).as(Encoders.STRING()).collectAsList())
        .contains("night-3: interrupted; it published nothing")
        .filteredOn(run -> run.startsWith("night-2"))
        .isEqualTo(
            rollsForward
                ? List.of(
                    "night-2: interrupted after it began to publish; its publication is complete")
                : List.of());
  }

  private void nextNight(Lake lake, Map<String, String> recovered) {
    try (NightStage night = lake.begin("night-4")) {
      assertThat(contents(lake)).isEqualTo(recovered);
      SmallNight.stage(night, "2");
      night.publish(List.of(), Map.of("cost", "2"));
    }
    assertThat(contents(lake)).isEqualTo(SECOND);
    assertThat(lake.publications()).hasSize(2);
    assertThat(root.resolve("lake/stage")).doesNotExist();
  }

  private static long dataFiles(Path lake) throws IOException {
    try (Stream<Path> walk = Files.walk(lake)) {
      return walk.filter(p -> p.toString().endsWith(".parquet"))
          .filter(p -> !p.toString().contains("/ops/"))
          .count();
    }
  }

  private static Map<String, String> contents(Lake lake) {
    Map<String, String> contents = new TreeMap<>();
    for (TableSpec spec : SmallNight.TABLES) {
      contents.put(spec.name().toString(), String.join(",", costs(lake, spec.name())));
    }
    return contents;
  }

  private static List<String> costs(Lake lake, TableName table) {
    return lake.read(table).select("cost").collectAsList().stream()
        .map(row -> row.getDecimal(0).stripTrailingZeros().toPlainString())
        .sorted()
        .toList();
  }

  private int diesAt(String place, Format format, String runId) throws Exception {
    return JavaProcess.of(SmallNight.class, "700m")
        .options(List.of("-Dcostlake.failpoint=" + place))
        .arguments(format.name(), root.resolve("lake").toString(), runId)
        .exitCode(root.resolve("child.log"));
  }
}
