package costlake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryFolderTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);

  @TempDir Path folder;

  @Test
  void folderOfADayHoldsThatDay() throws IOException {
    Path file = folder.resolve("2026-09-14/pod-labels.json");
    new Answer().series(DAY, "pod=a", "0:1", "86400:1").write(file);
    Files.writeString(folder.resolve("2026-09-14/vm_info"), "not read");
    Files.writeString(folder.resolve("README"), "not read");

    assertThat(TelemetryFolder.days(folder)).isEqualTo(java.util.Map.of(DAY, List.of(file)));
  }

  @Test
  void flatFolderIsKnownByItsSamples() {
    Path labels = folder.resolve("pod-labels");
    Path usage = folder.resolve("pod-usage-cpu-cores.json");
    new Answer().series(DAY, "pod=a", "0:1", "86400:1").write(labels);
    new Answer().series(DAY, "pod=a", "0:1").write(usage);

    assertThat(TelemetryFolder.days(folder))
        .isEqualTo(java.util.Map.of(DAY, List.of(labels, usage), DAY.plusDays(1), List.of(labels)));
    assertThat(TelemetryFolder.samples(labels)).isEqualTo(2);
  }

  @Test
  void realFlatFolderIsOneDay() {
    assertThat(TelemetryFolder.days(Shared.path("data/k8s-operator-koku/prometheus")))
        .hasSize(1)
        .hasEntrySatisfying(LocalDate.of(2020, 11, 6), files -> assertThat(files).hasSize(18));
  }

  @Test
  void emptyFolderIsSaid() {
    assertThatThrownBy(() -> TelemetryFolder.days(folder))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.OPERATOR))
        .hasMessageContaining("docs/telemetry.md");
    assertThatThrownBy(() -> TelemetryFolder.days(folder.resolve("none")))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot list ");
  }

  @Test
  void cutAnswerIsRefusedWithItsPlace() throws IOException {
    Path file = folder.resolve("pod-labels.json");
    new Answer().series(DAY, "pod=a", "0:1", "300:1").write(file);
    String whole = Files.readString(file);

    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      assertThatThrownBy(() -> TelemetryFolder.samples(file))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.family()).isEqualTo(Failure.Family.DATA))
          .hasMessageContaining("pod-labels.json");
    }
  }

  @Test
  void hostileAnswersAreRefusedOrInert() throws IOException {
    assertRefused("[{\"metric\":{},\"values\":[[0,\"1e\"]]}]", "sample value '1e' is no number");
    assertRefused("[{\"metric\":{},\"values\":[[0,\"1\",2]]}]", "expected the end of a sample");
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
  void envelopeIsReadWhateverElseItHolds() throws IOException {
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

    assertThat(TelemetryFolder.samples(file)).isEqualTo(2);
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("pod-labels.json"), text);
    assertThatThrownBy(() -> TelemetryFolder.samples(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
    Files.delete(file);
  }
}
