package costlake.telemetry.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.telemetry.prometheus.ResponseSummary;
import costlake.testing.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseSummaryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);

  @TempDir Path folder;

  @Test
  void daysAreThoseOfTheSamples() throws IOException {
    Path file = folder.resolve("pod-labels");
    new Answer().series(DAY, "pod=a", "0:1", "86400:1").write(file);

    assertThat(ResponseSummary.days("pod-labels", Files.newInputStream(file)))
        .containsExactly(DAY, DAY.plusDays(1));
    assertThat(samples(file)).isEqualTo(2);
  }

  @Test
  void realResponsesHaveOneDay() throws IOException {
    List<Path> read =
        Answer.files(Shared.path("data/k8s-operator-koku/prometheus")).stream()
            .filter(file -> new KubernetesFamily().metrics().ofFile(file.toString()).isPresent())
            .toList();

    assertThat(read).hasSize(15);
    for (Path file : read) {
      assertThat(ResponseSummary.days(file.toString(), Files.newInputStream(file)))
          .containsExactly(LocalDate.of(2020, 11, 6));
    }
  }

  @Test
  void truncatedResponseIsRefusedWithTheNameOfTheFile() throws IOException {
    Path file = folder.resolve("pod-labels.json");
    new Answer().series(DAY, "pod=a", "0:1", "300:1").write(file);
    String whole = Files.readString(file);

    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      assertThatThrownBy(() -> samples(file))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.family()).isEqualTo(Failure.Family.DATA))
          .hasMessageContaining("pod-labels.json");
    }
  }

  @Test
  void hostileResponsesAreRefusedOrHaveNoEffect() throws IOException {
    assertRefused(
        "[{\"metric\":{},\"values\":[[1789344000,\"1e\"]]}]", "sample value '1e' is not a number");
    assertRefused(
        "[{\"metric\":{},\"values\":[[1789344000,\"1\",2]]}]", "expected the end of a sample");
    assertRefused("[1]", "expected a series");
    assertRefused("{\"status\":\"success\",\"data\":7}", "expected the object 'data'");
    assertRefused("\"text\"", "expected an object or an array");
    assertRefused("[][]", "expected the end of the file");
    assertRefused("{}", "the server answered null");

    Path file = folder.resolve("pod-usage-cpu-cores.json");
    String hostile = "'; drop table x; --<script>=cmd()../../etc";
    new Answer()
        .series(DAY, "namespace=" + hostile.replace("=", "") + ",pod=p,node=n", "0:1")
        .write(file);
    assertThat(Answer.hours(DAY, 300, folder).workloads())
        .extracting(WorkloadHour::namespace)
        .containsExactly(hostile.replace("=", ""));
  }

  @Test
  void otherFieldsOfTheResponseAreIgnored() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pod-labels.json"),
            """
            {"warnings": ["slow"], "infos": [{"a": [1]}], "data": {"result": [
              {"values": [[1789344000.25, "1e0"], [1789344300, "NaN"], [1789344600, "+Inf"]],
               "histograms": [[1, {}]], "metric": {"pod": "a"}},
              {"metric": {"pod": "b"}, "value": [1789344000, "0.5"]}
            ], "resultType": "matrix"}, "status": "success"}
            """);

    assertThat(samples(file)).isEqualTo(2);
  }

  private static long samples(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return ResponseSummary.samples(file.toString(), bytes);
    }
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("pod-labels.json"), text);
    assertThatThrownBy(() -> samples(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
    Files.delete(file);
  }
}
