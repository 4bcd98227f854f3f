package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads {@code watch} of {@code costlake.yml}. */
class WatchConfigTest {
  @TempDir private Path home;

  private WatchConfig load(String watch) throws IOException {
    Files.writeString(home.resolve("costlake.yml"), "watch: {" + watch + "}\n");
    return Config.load(home, null, Map.of()).watch();
  }

  @Test
  void hasDefaultsAndResolvesFiles() throws IOException {
    WatchConfig watch = load("squeue: {hpc: squeue.json}, urls: {train: 'https://prometheus'}");
    assertThat(watch.idleHours()).isEqualTo(4);
    assertThat(watch.idleUtilisationMax()).isEqualByComparingTo("0.05");
    assertThat(watch.urls()).containsExactly(Map.entry("train", "https://prometheus"));
    assertThat(watch.squeue())
        .containsExactly(Map.entry("hpc", home.resolve("squeue.json").toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "idle_hours: 0 | idle_hours 0 is not between 1 and 24",
        "idle_hours: 25 | idle_hours 25 is not between 1 and 24",
        "idle_utilisation_max: 1.1 | idle_utilisation_max 1.1 is not between 0 and 1",
        "urls: {train: 'https://ann:s3cr3t@prometheus'} | urls: the address of 'train' must be http(s)://HOST, without a password",
        "urls: {train: prometheus} | urls: the address of 'train' must be http(s)://HOST, without a password",
      })
  void refusesWhatNoWatchCanDo(String watch, String message) {
    assertThatThrownBy(() -> load(watch))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cr3t");
  }
}
