package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.acknowledge.Acknowledge;
import costlake.acknowledge.Acknowledgement;
import costlake.alert.Alert;
import costlake.alert.AlertKind;
import costlake.alert.AlertSender;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.lake.Lake;
import costlake.testing.WebhookServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Says which incidents are news, to whom, and which are over. */
class IncidentAlertsTest {
  private static final String PRICE =
      "('2026-09-10-aa', 'ads', 'price', '2026-09-10', '2026-09-12', '%s', 1400.5, 'price', 'gpu')";
  private static final String RUN =
      "('run/r', 'search', 'run', '2026-09-10', '2026-09-12', 'open', 12000, 'unapproved', 'r')";

  @TempDir Path home;
  private Config config;
  private Lake lake;

  @BeforeEach
  void open() throws IOException {
    SampleBudgets.owners(home);
    config = AlertProcess.config(home, "delta");
    lake = SampleBudgets.open(config);
  }

  private List<Alert> alerts(AlertKind kind, String billed, String... rows) {
    SampleIncidents.publish(lake, config, billed, String.join(", ", rows));
    return kind.alerts(config, lake);
  }

  private List<String> events(String billed, String state) {
    return alerts(new CostIncidentAlerts(), billed, PRICE.formatted(state)).stream()
        .map(alert -> alert.event().word())
        .toList();
  }

  @Test
  void nothingIsToldBeforeANightLooked() {
    assertThat(new CostIncidentAlerts().alerts(config, lake)).isEmpty();
  }

  @Test
  void anAlertSaysWhatHappenedInTheLanguageOfTheTeamThatCanAct() {
    assertThat(alerts(new CostIncidentAlerts(), "2026-09-13", PRICE.formatted("open"), RUN))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.key()).isEqualTo("incident/2026-09-10-aa");
              assertThat(alert.teamId()).isEqualTo("ads");
              assertThat(alert.title())
                  .isEqualTo("Vorfall: USD 1.400,50 über der Erwartung, Preis von gpu");
              assertThat(alert.text())
                  .contains("lagen die Kosten USD 1.400,50 über der Erwartung")
                  .endsWith("costlake incidents 2026-09-10-aa");
              assertThat(alert.startsAt()).isEqualTo(Instant.parse("2026-09-10T00:00:00Z"));
              assertThat(alert.endsAt()).isEqualTo(Instant.parse("2026-10-13T00:00:00Z"));
              assertThat(alert.facts()).containsEntry("cost_above", "1400.5");
            });
  }

  @Test
  void aRunWithoutApprovalIsOfAnotherKind() {
    assertThat(alerts(new UnapprovedRunAlerts(), "2026-09-13", PRICE.formatted("open"), RUN))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.key()).isEqualTo("unapproved_run/run/r");
              assertThat(alert.teamId()).isEqualTo("search");
              assertThat(alert.title()).isEqualTo("Run r without approval: USD 12,000.00");
              assertThat(alert.text())
                  .contains("It needed an approval before it started")
                  .endsWith("costlake incidents run/r");
              assertThat(alert.severity()).isEqualTo(Severity.ERROR);
            });
  }

  @Test
  void anIncidentIsNewsForAMonthAfterItEnded() {
    assertThat(events("2026-09-13", "open")).containsExactly("trigger");
    assertThat(events("2026-10-13", "ended")).containsExactly("trigger", "resolve");
    assertThat(events("2026-10-14", "ended")).containsExactly("resolve");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-09-13, false, acknowledge",
    "2026-09-13, true, resolve",
    "2026-10-14, false, resolve"
  })
  void whatAPersonKnowsIsNoNews(String billed, boolean isFalseAlarm, String event) {
    assertThat(events(billed, "open")).containsExactly("trigger");
    Acknowledge.record(lake, new Acknowledgement("2026-09-10-aa", isFalseAlarm), "ann", "known");
    assertThat(events(billed, "acknowledged")).containsExactly(event);
  }

  @ParameterizedTest
  @CsvSource({"-9000, INFO", "500, WARNING", "4999.99, WARNING", "5000, ERROR"})
  void tenTimesTheSmallestIncidentIsWorse(BigDecimal above, Severity severity) {
    String row =
        "('i', 'ads', 'sku', '2026-09-10', '2026-09-12', 'open', %s, 'volume', 'gpu')"
            .formatted(above);
    assertThat(alerts(new CostIncidentAlerts(), "2026-09-13", row))
        .extracting(Alert::severity)
        .containsExactly(severity);
  }

  @Test
  void eachRouteIsToldOnceOfItsTeamsAndOfTheEnd() throws IOException {
    try (WebhookServer server = new WebhookServer()) {
      Files.writeString(
          home.resolve("alerts.yml"),
          """
          alert_routes:
            - {id: ads, type: json, url: 'http://127.0.0.1:%1$d/ads', teams: [ads]}
            - {id: search, type: json, url: 'http://127.0.0.1:%1$d/search', teams: [search]}
          """
              .formatted(server.port()));
      config = AlertProcess.config(home, "delta");
      SampleIncidents.publish(lake, config, "2026-09-13", PRICE.formatted("open") + ", " + RUN);
      AlertProcess.send(config, lake);
      AlertProcess.send(config, lake);
      SampleIncidents.publish(lake, config, "2026-09-14", PRICE.formatted("ended") + ", " + RUN);
      AlertProcess.send(config, lake);
      AlertSender.Sent last = AlertProcess.send(config, lake);
      assertThat(last.messages()).isEmpty();
      assertThat(events(server, "/ads"))
          .containsExactly("incident 2026-09-10-aa trigger", "incident 2026-09-10-aa resolve");
      assertThat(events(server, "/search")).containsExactly("unapproved_run run/r trigger");
    }
  }

  private static List<String> events(WebhookServer server, String path) {
    return server.received(path).stream()
        .map(message -> message.at("/alerts/0"))
        .map(
            alert ->
                String.join(
                    " ",
                    alert.get("kind").asText(),
                    alert.get("id").asText(),
                    alert.get("event").asText()))
        .toList();
  }
}
