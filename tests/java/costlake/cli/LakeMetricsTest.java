package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics file and the JSON document of {@code costlake status}. */
class LakeMetricsTest {
  private static final Instant AT = Instant.parse("2026-10-02T03:00:00.5Z");
  private static final LakeStatus EMPTY =
      new LakeStatus(AT, null, null, null, List.of(), List.of(source(null)), List.of(), Map.of());
  private static final LakeStatus FULL =
      new LakeStatus(
          AT,
          new LakeStatus.LastRun(
              "night-all-8",
              "night",
              "all",
              "failed",
              AT.minusSeconds(60),
              1250,
              "an audit failed",
              Map.of("done", 3L, "failed", 1L),
              List.of(new LakeStatus.Problem("audit", "ties", "failed", "1 row"))),
          new LakeStatus.InForce(7, "night-all-7", AT.minusSeconds(3600), 3600, 25, 4, null),
          8L,
          List.of(),
          List.of(source(AT.minusSeconds(7200))),
          List.of(
              new LakeStatus.Closed("2026-08", 2, 5, AT),
              new LakeStatus.Closed("2026-07", 1, 5, AT)),
          Map.of("sent", 5L, "bounced", 1L));

  @TempDir Path folder;

  private static LakeStatus.SourceState source(Instant landed) {
    return new LakeStatus.SourceState(
        "a \"b\" \\ c", "aws-cur", 2, "2026-09-01", landed, landed == null ? null : 7200L, 4);
  }

  @Test
  void writesEveryMetricOfALake() {
    assertThat(LakeMetrics.text(FULL))
        .contains("costlake_status_timestamp_seconds 1790910000.500\n")
        .contains(
            "costlake_last_run_timestamp_seconds{verb=\"night\",status=\"failed\"}"
                + " 1790909940.500\n")
        .contains("costlake_last_run_duration_seconds 1.250\n")
        .contains("costlake_last_run_failed 1\n")
        .contains("costlake_last_run_steps{status=\"failed\"} 1\n")
        .contains("costlake_publication_number 7\n")
        .contains("costlake_publication_unfinished 1\n")
        .contains("costlake_source_rejects{source=\"a \\\"b\\\" \\\\ c\",kind=\"aws-cur\"} 4\n")
        .contains("costlake_last_closed_month_timestamp_seconds 1785542400.000\n")
        .contains("costlake_mails{state=\"bounced\"} 1\n");
  }

  @Test
  void anUnknownValueHasNoSample() {
    assertThat(LakeMetrics.text(EMPTY))
        .contains("costlake_publication_unfinished 0\n")
        .contains("costlake_closed_months 0\n")
        .doesNotContain("last_run")
        .doesNotContain("publication_number")
        .doesNotContain("landed_timestamp");
  }

  @Test
  void promtoolAcceptsTheMetrics() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "promtool"))),
        "needs promtool of the Debian package prometheus, not installed");
    for (LakeStatus status : List.of(EMPTY, FULL)) {
      Path file = folder.resolve("costlake.prom");
      LakeMetrics.write(status, file);
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(promtool.waitFor()).as(said).isZero();
      assertThat(said).isEmpty();
    }
  }

  @Test
  void replacesTheFileInOneStep() throws IOException {
    Path file = folder.resolve("costlake.prom");
    LakeMetrics.write(EMPTY, file);
    LakeMetrics.write(FULL, file);
    assertThat(file).hasContent(LakeMetrics.text(FULL).strip());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    assertThatThrownBy(() -> LakeMetrics.write(FULL, folder.resolve("costlake.txt")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("end in .prom");
    assertThatThrownBy(() -> LakeMetrics.write(FULL, folder.resolve("none/costlake.prom")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Create the folder");
  }

  @Test
  void jsonHasUnitsInItsKeysAndNullForUnknownValues() throws IOException {
    JsonNode full = new ObjectMapper().readTree(FULL.json());
    assertThat(full.at("/publication/age_s").asLong()).isEqualTo(3600);
    assertThat(full.at("/last_run/problems/0/subject").asText()).isEqualTo("ties");
    assertThat(full.at("/last_run/duration_ms").asLong()).isEqualTo(1250);
    assertThat(full.at("/unfinished_publication").asLong()).isEqualTo(8);
    assertThat(full.at("/at").asText()).isEqualTo("2026-10-02T03:00:00.500Z");
    JsonNode empty = new ObjectMapper().readTree(EMPTY.json());
    assertThat(empty.at("/last_run").isNull()).isTrue();
    assertThat(empty.at("/sources/0/age_s").isNull()).isTrue();
  }
}
