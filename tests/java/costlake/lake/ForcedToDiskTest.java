package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.testing.ForcedFiles;
import costlake.testing.ForcedFiles.Step;
import costlake.testing.SparkHarness;
import costlake.testing.WatchedCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks what is forced to disk, because a power cut loses everything else. */
class ForcedToDiskTest {
  private static final String ENTRY = ".000000001.json.tmp";
  private static final Pattern LIST = Pattern.compile("\"manifest-list\":\"([^\"]+)\"");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void whatTheJournalNamesIsOnDiskBeforeIt(LakeConfig.Format format) throws Throwable {
    LakeConfig config = SparkHarness.lake(format, root());
    Lake lake = Lake.open(config, SparkHarness.session(config));
    List<Path> forced = ForcedFiles.during(() -> SmallNight.run(lake, "night-1", "7"));
    List<String> names = forced.stream().map(path -> path.getFileName().toString()).toList();
    int intent = names.indexOf(ENTRY);
    int done = names.lastIndexOf(ENTRY);

    assertThat(names.subList(0, intent)).containsAll(dataFiles());
    assertThat(done).isGreaterThan(intent);
    assertThat(names.subList(intent, done)).anyMatch(name -> name.matches(commit(format)));
    assertThat(List.of(names.get(intent + 1), names.get(done + 1))).containsOnly("journal");
  }

  @Test
  void whatTheCatalogNamesIsOnDiskBeforeEachOfItsCommits() throws Throwable {
    LakeConfig config = watched(SparkHarness.lake(LakeConfig.Format.ICEBERG, root()));
    Lake lake = Lake.open(config, SparkHarness.session(config));
    List<Step> steps =
        ForcedFiles.stepsOf(
            () -> {
              SmallNight.run(lake, "night-1", "7");
              record(lake);
            });
    int commits = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).commit()) {
        Path metadata = steps.get(i).path();
        assertThat(forced(steps.subList(0, i)))
            .contains(metadata, metadata.getParent())
            .containsAll(manifestLists(metadata));
        commits++;
      }
    }
    assertThat(commits).isGreaterThan(10);
    assertThat(forced(steps)).containsAll(files("/metadata/", ".avro"));
    Set<Path> rows = files("/ops/runs/data/", ".parquet");
    assertThat(rows).isNotEmpty();
    assertThat(forced(steps.subList(0, lastCommit(steps, "/ops/runs/")))).containsAll(rows);
  }

  @Test
  void whatACommitOfDeltaAddsIsOnDiskBeforeIt() throws Throwable {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.DELTA, root());
    Lake lake = Lake.open(config, SparkHarness.session(config));
    List<Path> forced =
        ForcedFiles.during(
            () -> {
              SmallNight.run(lake, "night-1", "7");
              record(lake);
            });
    for (String table : List.of("/tables/focus/charges/", "/tables/ops/runs/")) {
      Path log = root().resolve(table.substring(1) + "_delta_log");
      int commit = forced.indexOf(log.resolve(".00000000000000000000.json.tmp"));
      assertThat(commit).isNotNegative();
      assertThat(forced.subList(commit + 1, forced.size())).contains(log);
      Set<Path> rows = files(table, ".parquet");
      assertThat(rows).isNotEmpty();
      assertThat(forced.subList(0, commit))
          .containsAll(rows)
          .containsAll(rows.stream().map(Path::getParent).toList())
          .contains(log.getParent(), log.getParent().getParent());
    }
  }

  private static LakeConfig watched(LakeConfig config) throws SQLException {
    LakeConfig.Catalog catalog = config.catalog();
    return new LakeConfig(
        config.format(),
        config.root(),
        config.nativeColumns(),
        new LakeConfig.Catalog(
            catalog.name(),
            catalog.type(),
            WatchedCatalog.address(Path.of(config.root(), "catalog.db")),
            catalog.warehouse(),
            Map.of()));
  }

  private static void record(Lake lake) {
    lake.ops()
        .record(
            new RunLog.Run("night-1", "night", "all", Instant.now(), 1),
            Outcome.Status.DONE,
            "ok",
            List.of());
  }

  private static List<Path> forced(List<Step> steps) {
    return steps.stream().filter(step -> !step.commit()).map(Step::path).toList();
  }

  private static int lastCommit(List<Step> steps, String table) {
    int last = -1;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).commit() && steps.get(i).path().toString().contains(table)) {
        last = i;
      }
    }
    return last;
  }

  private static List<Path> manifestLists(Path metadata) throws IOException {
    return LIST.matcher(Files.readString(metadata))
        .results()
        .map(found -> Path.of(found.group(1).replaceFirst("^file:/*", "/")))
        .toList();
  }

  private Path root() {
    return folder.resolve("lake");
  }

  private static String commit(LakeConfig.Format format) {
    return format == LakeConfig.Format.DELTA ? "0{20}\\.json" : ".*\\.metadata\\.json";
  }

  private Set<String> dataFiles() throws IOException {
    return files("/", ".parquet").stream()
        .map(path -> path.getFileName().toString())
        .collect(Collectors.toSet());
  }

  private Set<Path> files(String below, String end) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().contains(below))
          .filter(path -> path.toString().endsWith(end))
          .collect(Collectors.toSet());
    }
  }
}
