package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import costlake.alert.AlertSender;
import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.lake.Lake;
import costlake.outbox.MessageState;
import costlake.testing.JavaProcess;
import costlake.testing.WebhookServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills the process that sends alerts. No receiver gets an alert twice, except one that recognises
 * a repetition, and none is lost.
 */
@Tag("kill")
class AlertKillTest {
  private static final String ROWS =
      """
      ('a', 'ads', 'month', '2026-09-01', '2026-09-30', true, 200, '2026-09-10', '2026-09-20'),
      ('s', 'search', 'quarter', '2026-07-01', '2026-09-30', true, 120, '2026-09-10', null)
      """;
  private static final List<String> FIRED =
      List.of("a/2026-09-01/actual/50", "a/2026-09-01/actual/99.5", "s/2026-07-01/actual/50");

  /** What became of a message in doubt. At send-recorded, that is the second message. */
  enum Doubt {
    NONE,
    ARRIVED,
    LOST
  }

  @TempDir Path home;

  /** Where the process dies, while it sends to which route, and what this leaves in doubt. */
  @ParameterizedTest
  @CsvSource({
    "iceberg, send-begun, chat, 0, NONE",
    "iceberg, alerts-collected, chat, 0, NONE",
    "iceberg, send-rendered, chat, 0, NONE",
    "iceberg, send-queued, chat, 0, NONE",
    "iceberg, send-before-sending, chat, 0, NONE",
    "iceberg, send-sending, chat, 0, LOST",
    "iceberg, send-handed-over, chat, 1, ARRIVED",
    "iceberg, send-recorded, chat, 1, LOST",
    "delta, alerts-collected, daily, 0, NONE",
    "delta, send-handed-over, daily, 1, ARRIVED",
    "delta, send-sending, pager, 0, NONE",
    "delta, send-handed-over, pager, 1, NONE",
  })
  void everyAlertArrivesExactlyOnce(
      String format, String place, String route, int taken, Doubt doubt) throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      AlertProcess.write(home, server.port(), route);
      Config config = AlertProcess.config(home, format);
      Lake lake = SampleBudgets.open(config);
      SampleBudgets.publish(lake, config, ROWS);
      assertThat(diesAt(place, format)).isEqualTo(FailPoint.HALTED);
      assertThat(server.received("/" + route)).hasSize(taken);

      List<String> doubtful = doubtful(AlertProcess.send(config, lake));
      assertThat(doubtful).hasSize(doubt == Doubt.NONE ? 0 : 1);
      MessageState found = doubt == Doubt.LOST ? MessageState.QUEUED : MessageState.SENT;
      doubtful.forEach(id -> AlertSender.resolve(lake, id, found, "ann", null));
      AlertProcess.send(config, lake);
      assertThat(AlertProcess.send(config, lake).messages()).isEmpty();
      assertThat(server.received("/chat")).hasSize(3).doesNotHaveDuplicates();
      assertThat(keys(server)).containsExactlyInAnyOrderElementsOf(FIRED);
      assertThat(server.received("/daily"))
          .singleElement()
          .satisfies(
              digest ->
                  assertThat(digest.findValuesAsText("id"))
                      .containsExactlyInAnyOrderElementsOf(FIRED));
    }
  }

  private static List<String> doubtful(AlertSender.Sent sent) {
    return sent.messages().stream()
        .filter(change -> change.state() == MessageState.DOUBTFUL)
        .map(change -> change.id())
        .toList();
  }

  /** Returns the alerts that PagerDuty keeps: one for each key. */
  private static List<String> keys(WebhookServer server) {
    return server.received("/pager").stream()
        .map((JsonNode event) -> event.get("dedup_key").asText())
        .map(key -> key.replace("costlake/budget_threshold/", ""))
        .distinct()
        .toList();
  }

  @Test
  void testsEveryFailPoint() throws Exception {
    CsvSource places =
        Stream.of(AlertKillTest.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("everyAlertArrivesExactlyOnce"))
            .findFirst()
            .orElseThrow()
            .getAnnotation(CsvSource.class);
    assertThat(FailPoints.SENDING)
        .allSatisfy(
            place -> assertThat(places.value()).anyMatch(row -> row.contains(" " + place + ",")));
  }

  private int diesAt(String place, String format) throws Exception {
    return JavaProcess.of(AlertProcess.class, "700m")
        .options(List.of("-Dcostlake.failpoint=" + place))
        .arguments(home.toString(), format)
        .exitCode(home.resolve("child.log"));
  }
}
