package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.core.Progress;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs nights after a clock that was three days ahead was corrected. */
class ClockTest {
  private static final Duration AHEAD = Duration.ofDays(3);
  private static final Pattern DATES =
      Pattern.compile(
          "(\"(?:last-updated-ms|timestamp-ms|timestamp|modificationTime|deletionTimestamp|lastUpdated)\":)(\\d{13})");

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void nightsGoOnAfterAClockThatWasAheadIsCorrected(LakeConfig.Format format) throws IOException {
    Lake lake = open(format);
    SmallNight.run(lake, "night-1", "1");
    SmallNight.run(lake, "night-2", "2");
    dateAhead();
    DeltaLog.clearCache();

    Lake later = open(format);
    SmallNight.run(later, "night-3", "5");
    assertThat(total(later, later.publication().orElseThrow())).isEqualTo("6");
    assertThat(later.publications().stream().map(p -> total(later, p)))
        .containsExactly("2", "3", "6");
    try (NightStage night = later.begin("maintain")) {
      night
          .maintenance()
          .run(new costlake.config.MaintenanceConfig(30, 32, 3), Instant.now(), Progress.SILENT);
    }
    later
        .ops()
        .record(
            new RunLog.Run("night-3", "night", "all", Instant.now(), 1),
            Outcome.Status.DONE,
            "ok",
            List.of());
    assertThat(total(later, later.publications().get(1))).isEqualTo("3");
  }

  private static String total(Lake lake, Publication publication) {
    return lake.read(publication, SmallNight.TOTALS.name())
        .first()
        .getDecimal(0)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Changes the dates in the metadata of tables and in the journal to the dates that a clock three
   * days ahead would have written.
   */
  private void dateAhead() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files =
          walk.filter(path -> path.toString().matches(".*/(metadata|_delta_log)/[^/.].*json"))
              .toList();
    }
    for (Path file : files) {
      dateAhead(file);
    }
    Journal journal = new Journal(root.toString(), new Configuration());
    journal.all().forEach(publication -> journal.write(ahead(publication)));
  }

  private static Publication ahead(Publication p) {
    return new Publication(
        p.sequence(),
        p.runId(),
        p.state(),
        p.at().plus(AHEAD),
        p.targets(),
        p.versions(),
        p.deliveries(),
        p.facts(),
        p.hashes());
  }

  /** Changes the dates in a file, and removes its checksum files, which would no longer match. */
  private static void dateAhead(Path file) throws IOException {
    Files.writeString(
        file,
        DATES
            .matcher(Files.readString(file))
            .replaceAll(
                date -> date.group(1) + (Long.parseLong(date.group(2)) + AHEAD.toMillis())));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(AHEAD)));
    String name = file.getFileName().toString();
    Files.deleteIfExists(file.resolveSibling("." + name + ".crc"));
    Files.deleteIfExists(file.resolveSibling(name.replace(".json", ".crc")));
  }

  private Lake open(LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, root);
    return Lake.open(config, SparkHarness.session(config));
  }
}
