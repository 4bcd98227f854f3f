package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aLostLakeIsRestoredAndCarriesOn(LakeConfig.Format format) throws IOException {
    Lake lake = lake(format);
    SmallNight.run(lake, "night-1", "1");
    Lake.Copy first = lake.backup(backup());
    assertThat(first.copied()).isEqualTo(first.files());
    SmallNight.run(lake, "night-2", "2");
    Lake.Copy second = lake.backup(backup());
    assertThat(second.publication()).isEqualTo(2);
    assertThat(second.copied()).isPositive().isLessThan(second.files());
    assertThat(lake.backup(backup()).copied()).as("a backup of the same").isZero();
    Map<String, String> before = content(lake);
    Publication old = lake.publications().get(0);

    remove(root());
    copyAll(backup().resolve("lake"), root());

    Lake restored = lake(format);
    assertThat(content(restored)).isEqualTo(before);
    assertThat(restored.read(old, SmallNight.TOTALS.name()).first().getDecimal(0))
        .as("the first night")
        .isEqualByComparingTo("2");
    SmallNight.run(restored, "night-3", "5");
    assertThat(restored.publication().orElseThrow().sequence()).isEqualTo(3);
    assertThat(restored.read(SmallNight.TOTALS.name()).first().getDecimal(0))
        .isEqualByComparingTo("6");
  }

  @Test
  void refusesWhatWouldHarmOrBeWorthless() throws IOException {
    Lake lake = lake(LakeConfig.Format.DELTA);
    assertThatThrownBy(() -> lake.backup(backup()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no night has published");
    SmallNight.run(lake, "night-1", "1");
    assertThatThrownBy(() -> lake.backup(root().resolve("backup")))
        .hasMessageContaining("one lies in the other");
    Path others = Files.createDirectories(folder.resolve("home"));
    Path letter = Files.writeString(others.resolve("letter"), "dear");
    assertThatThrownBy(() -> lake.backup(others)).hasMessageContaining("it holds other files");
    assertThat(letter).exists();
    try (NightStage night = lake.begin("night-2")) {
      assertThat(night.before()).isPresent();
      assertThatThrownBy(() -> lake.backup(backup())).hasMessageContaining("night-2");
    }
    try (Outbox sending = lake.outbox("send-1")) {
      assertThat(sending.changes()).isEmpty();
      assertThatThrownBy(() -> lake.backup(backup())).hasMessageContaining("send-1");
    }
    assertThat(backup()).doesNotExist();
  }

  private Path root() {
    return folder.resolve("lake");
  }

  private Path backup() {
    return folder.resolve("backup");
  }

  private Lake lake(LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, root());
    return Lake.open(config, SparkHarness.session(config));
  }

  private static Map<String, String> content(Lake lake) {
    Map<String, String> content = new TreeMap<>();
    for (TableSpec table : SmallNight.TABLES) {
      content.put(table.name().toString(), ContentHash.of(lake.read(table.name())));
    }
    return content;
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) walk.sorted((a, b) -> b.compareTo(a))::iterator) {
        Files.delete(path);
      }
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
