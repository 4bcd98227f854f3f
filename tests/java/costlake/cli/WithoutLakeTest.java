package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that only read do not create a lake. */
class WithoutLakeTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectory(conf());
  }

  @AfterEach
  void noLakeIsCreated() {
    assertThat(folder.resolve("conf/lake")).doesNotExist();
    assertThat(conf()).isEmptyDirectory();
  }

  private Path conf() {
    return folder.resolve("conf");
  }

  private int run(String... words) {
    String[] all =
        Stream.concat(Arrays.stream(words), Stream.of("--conf", conf().toString()))
            .toArray(String[]::new);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql|select 1",
        "compare|--model|m|--with|gpt-4o",
        "explain|2026-09/a/USD/b-01",
        "report|--period|2026-09",
        "site|--period|2026-09|--to|site",
        "close|--period|2026-09",
        "maintain",
        "backup|--to|backup",
        "serve|sql"
      })
  void failsIfACommandNeedsALakeAndNoneExists(String command) {
    assertThat(run(command.split("\\|"))).as(err.toString()).isEqualTo(2);
    assertThat(err.toString()).contains("There is no lake at ", "Run 'costlake night' first");
  }

  @Test
  void sendTakesAReasonOnlyForADecision() {
    assertThat(run("send", "--period", "2026-09", "--reason", "late")).isEqualTo(2);
    assertThat(err.toString()).contains("--reason here: it belongs to --resolve");
  }

  @Test
  void statusSaysThatNoNightHasRun() throws IOException {
    assertThat(run("status")).isZero();
    assertThat(out.toString()).contains("No night has run yet");
  }

  @Test
  void statusForMonitoringHasNoPublication() throws IOException {
    assertThat(run("status", "--json")).as(err.toString()).isZero();
    JsonNode status = new ObjectMapper().readTree(out.toString());
    assertThat(status.has("publication")).isTrue();
    assertThat(status.get("publication").isNull()).isTrue();
  }
}
