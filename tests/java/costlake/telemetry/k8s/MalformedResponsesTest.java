package costlake.telemetry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.telemetry.prometheus.DeliveredResponses;
import costlake.telemetry.prometheus.ResponseSummary;
import costlake.telemetry.series.MeasuredDay;
import costlake.testing.MalformedRecords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A response is read, or refused with what is wrong. The responses are the same in each run. */
class MalformedResponsesTest {
  private static final int RESPONSES = 2_000;
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final List<String> METRICS =
      List.of("node-capacity-cpu-cores", "pod-request-cpu-cores", "DCGM_FI_DEV_GPU_UTIL");

  @Test
  void noResponseIsABug() throws IOException {
    MalformedRecords malformed = MalformedRecords.of("responses");
    JsonNode good =
        new ObjectMapper()
            .readTree(
                new Answer()
                    .series(
                        DAY,
                        "namespace=vision,pod=fit-0,node=n1,Hostname=n1,UUID=GPU-1,gpu=0",
                        "0:1",
                        "300:2.5",
                        "600:1")
                    .series(DAY, "namespace=vision,pod=fit-1,node=n1", "0:1", "300:1")
                    .toString());
    int read = 0;
    for (int i = 0; i < RESPONSES; i++) {
      read += isRead(METRICS.get(i % METRICS.size()) + ".json", malformed.cutLine(good)) ? 1 : 0;
    }
    assertThat(read).isBetween(RESPONSES / 10, RESPONSES - RESPONSES / 10);
  }

  /** Reads a response as landing and the night read it; any other error fails the test. */
  private static boolean isRead(String file, String response) {
    byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
    try {
      ResponseSummary.days(file, new ByteArrayInputStream(bytes));
      HoursOfDay.of(
          new MeasuredDay(
              DAY,
              300,
              DeliveredResponses.read(
                  List.of(file),
                  new KubernetesFamily().metrics(),
                  any -> new ByteArrayInputStream(bytes)),
              List.of()));
      return true;
    } catch (Failure failure) {
      assertThat(failure.family()).isEqualTo(Failure.Family.DATA);
      assertThat(failure.getMessage()).contains(file);
      return false;
    }
  }
}
