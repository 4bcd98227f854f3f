package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.testing.ForcedFiles;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A power cut takes away what was not forced to disk. */
class ForcedToDiskTest {
  private static final String ENTRY = ".000000001.json.tmp";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void whatTheJournalNamesIsOnDiskBeforeIt(LakeConfig.Format format) throws Throwable {
    LakeConfig config = SparkHarness.lake(format, folder.resolve("lake"));
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

  private static String commit(LakeConfig.Format format) {
    return format == LakeConfig.Format.DELTA ? "0{20}\\.json" : ".*\\.metadata\\.json";
  }

  private Set<String> dataFiles() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .collect(Collectors.toSet());
    }
  }
}
