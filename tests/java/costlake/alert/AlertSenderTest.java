package costlake.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.Dispatch;
import costlake.outbox.MessageState;
import costlake.testing.SparkHarness;
import costlake.testing.WebhookServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends alerts to the routes of one lake, in several runs. */
class AlertSenderTest {
  private static final Instant NOON = Instant.parse("2026-09-21T12:00:00Z");
  private static final AlertSender.Limits QUICK =
      new AlertSender.Limits(new Dispatch.Attempts(2, Duration.ZERO), Duration.ofSeconds(20));

  @TempDir Path home;
  private WebhookServer server;
  private @Nullable Lake lake;

  @BeforeEach
  void start() throws IOException {
    server = new WebhookServer();
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams: [{id: ads, name: Ads}, {id: search, name: Search}]
        """);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Writes routes, each as its id, which is its path on the server, and its other settings. */
  private Config routes(String... routes) {
    StringBuilder text = new StringBuilder("alert_routes:\n");
    for (String route : routes) {
      String id = route.substring(0, route.indexOf(' '));
      text.append("  - {id: %s, url: 'http://127.0.0.1:%d/%s', ".formatted(id, server.port(), id))
          .append(route.substring(id.length() + 1))
          .append("}\n");
    }
    try {
      Files.writeString(home.resolve("alerts.yml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Config.load(home, null, Map.of("lake.format", "delta"));
  }

  private Lake lake(Config config) {
    if (lake == null) {
      lake = Lake.open(config.lake(), SparkHarness.session(config.lake()));
    }
    return lake;
  }

  private AlertSender.Sent send(Config config, Instant now, Alert... alerts) {
    return AlertSender.send(
        config,
        config.alertRoutes(),
        Arrays.asList(alerts),
        lake(config),
        now,
        Progress.SILENT,
        QUICK);
  }

  private static List<String> states(AlertSender.Sent sent) {
    return sent.messages().stream()
        .map(change -> change.id() + " " + change.state())
        .sorted()
        .toList();
  }

  /** Returns the id and the event of each alert that was posted as JSON, a line for a request. */
  private List<String> told(String route) {
    return server.received("/" + route).stream()
        .map(
            request ->
                String.join(
                    ", ",
                    request.findParents("event").stream().map(AlertSenderTest::event).toList()))
        .toList();
  }

  private static String event(JsonNode alert) {
    return alert.get("id").asText() + " " + alert.get("event").asText();
  }

  private static Alert alert(String id, @Nullable String team, Severity severity) {
    return SampleAlerts.of(id, team, severity);
  }

  private static Alert over(Alert alert) {
    return alert.then(AlertEvent.RESOLVE, NOON);
  }

  @Test
  void aRouteOfATeamGetsNothingOfAnotherTeam() {
    Config config =
        routes(
            "one type: json, teams: [search]",
            "two type: json, teams: [search, ads], min_severity: warning",
            "all type: json, company: true",
            "other type: json, company: true, kinds: [incident]");
    Alert search = alert("s", "search", Severity.INFO);
    Alert ads = alert("a", "ads", Severity.ERROR);
    Alert company = alert("c", null, Severity.WARNING);
    send(config, NOON, search, ads, company);
    assertThat(told("one")).containsExactly("s trigger");
    assertThat(told("two")).containsExactly("a trigger");
    assertThat(told("all")).containsExactlyInAnyOrder("s trigger", "a trigger", "c trigger");
    assertThat(told("other")).isEmpty();
  }

  @Test
  void tellsAnAlertOnceAndItsEndWhereAnEarlierRunToldItsBeginning() {
    Config config = routes("json type: json, company: true", "chat type: slack, company: true");
    Alert old = alert("old", "ads", Severity.INFO);
    Alert late = alert("late", "ads", Severity.INFO);
    send(config, NOON, late, over(late), over(old));
    assertThat(told("json"))
        .as("one whose beginning nobody was told")
        .containsExactly("late trigger");
    assertThat(send(config, NOON, late, over(late)).messages()).hasSize(1);
    send(config, NOON.plusSeconds(60), late, over(late));
    assertThat(told("json")).containsExactly("late trigger", "late resolve");
    assertThat(server.received("/json").get(1).at("/alerts/0/ends_at").asText())
        .isEqualTo("2026-09-21T12:00:00Z");
    assertThat(server.received("/chat")).hasSize(1);
  }

  @Test
  void quietHoursHoldBackAllButUrgentAlerts() {
    Config config =
        routes(
            "r type: json, company: true, urgent: error,"
                + " quiet_hours: {from: '20:00', until: '06:00', zone: UTC}");
    Instant night = Instant.parse("2026-09-21T23:00:00Z");
    Alert calm = alert("calm", "ads", Severity.WARNING);
    Alert bad = alert("bad", "ads", Severity.ERROR);
    assertThat(states(send(config, night, calm, bad)))
        .containsExactly("r/budget_threshold/bad SENT", "r/budget_threshold/calm RENDERED");
    assertThat(told("r")).containsExactly("bad trigger");
    send(config, night.plus(Duration.ofHours(7)), calm, bad);
    assertThat(told("r")).containsExactly("bad trigger", "calm trigger");
  }

  @Test
  void aDigestTellsTheAlertsOfADayAtOnce() {
    Config config =
        routes("r type: json, company: true, digest: {at: '08:00', zone: Europe/Berlin}");
    Alert one = alert("1", "ads", Severity.INFO);
    Alert two = alert("2", "search", Severity.INFO);
    Alert urgent = alert("3", "ads", Severity.CRITICAL);
    assertThat(states(send(config, Instant.parse("2026-09-21T06:00:00Z"), one, two, urgent)))
        .containsExactly("r/budget_threshold/3 SENT", "r/digest/2026-09-21 SENT");
    assertThat(told("r")).containsExactlyInAnyOrder("3 trigger", "1 trigger, 2 trigger");
    Alert later = alert("4", "ads", Severity.INFO);
    assertThat(states(send(config, Instant.parse("2026-09-22T05:59:59Z"), one, later)))
        .containsExactly("r/budget_threshold/4 RENDERED");
    send(config, Instant.parse("2026-09-22T06:00:00Z"), one, later, over(one));
    assertThat(told("r")).hasSize(3).last().isEqualTo("4 trigger, 1 resolve");
    assertThat(
            send(config, Instant.parse("2026-09-23T06:00:00Z"), one, later, over(one)).messages())
        .isEmpty();
  }

  @Test
  void aRouteThatDoesNotWorkHoldsUpNoOther() {
    Config config = routes("gone type: json, company: true", "here type: json, company: true");
    server.answer("/gone", 404);
    Alert alert = alert("1", "ads", Severity.INFO);
    AlertSender.Sent sent = send(config, NOON, alert);
    assertThat(states(sent))
        .containsExactly("gone/budget_threshold/1 QUEUED", "here/budget_threshold/1 SENT");
    assertThat(sent.problems())
        .singleElement()
        .asString()
        .startsWith("Cannot send by route gone: the server answered 404");
    server.answer("/gone", 200);
    assertThat(send(config, NOON, alert).problems()).isEmpty();
    assertThat(told("gone")).containsExactly("1 trigger", "1 trigger");
    assertThat(told("here")).hasSize(1);
  }

  @Test
  void anAlertInDoubtWaitsForAPersonUnlessTheRouteRepeats() {
    Config config =
        routes(
            "wait type: json, company: true", "repeat type: json, company: true, in_doubt: repeat");
    server.answer("/wait", 500);
    server.answer("/repeat", 500);
    Alert alert = alert("1", "ads", Severity.INFO);
    assertThat(states(send(config, NOON, alert)))
        .containsExactly("repeat/budget_threshold/1 QUEUED", "wait/budget_threshold/1 DOUBTFUL");
    server.answer("/wait", 200);
    server.answer("/repeat", 200);
    assertThat(states(send(config, NOON, alert)))
        .containsExactly("repeat/budget_threshold/1 SENT", "wait/budget_threshold/1 DOUBTFUL");
    String id = "wait/budget_threshold/1";
    assertThatThrownBy(
            () -> AlertSender.resolve(lake(config), "wait/2", MessageState.SENT, "ann", null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no alert has this id");
    AlertSender.resolve(lake(config), id, MessageState.QUEUED, "ann", "not in the channel");
    send(config, NOON, alert);
    assertThat(told("wait")).hasSize(2);
    assertThatThrownBy(() -> AlertSender.resolve(lake(config), id, MessageState.SENT, "ann", null))
        .hasMessageContaining(
            "Cannot resolve '" + id + "' as sent: the state of the alert is sent.");
  }

  @Test
  void whatWaitsIsWithdrawnIfItsRouteIsNoLongerForTheTeam() {
    String quiet = ", quiet_hours: {from: '11:00', until: '13:00', zone: UTC}";
    Alert search = alert("s", "search", Severity.INFO);
    Alert ads = alert("a", "ads", Severity.INFO);
    Config before =
        routes("r type: json, company: true" + quiet, "gone type: json, company: true" + quiet);
    send(before, NOON, search, ads);
    Config after = routes("r type: json, teams: [ads]");
    assertThat(states(send(after, NOON, search, ads))).containsExactly("r/budget_threshold/a SENT");
    assertThat(told("r")).containsExactly("a trigger");
    assertThat(told("gone")).isEmpty();
  }

  @Test
  void aDigestThatWaitsLosesTheAlertsOfATeamThatItsRouteIsNoLongerFor() {
    String waits =
        ", digest: {at: '08:00', zone: UTC}, quiet_hours: {from: '11:00', until: '13:00', zone: UTC}";
    Alert search = alert("s", "search", Severity.INFO);
    Alert ads = alert("a", "ads", Severity.INFO);
    send(routes("r type: json, company: true" + waits), NOON, search, ads);
    send(routes("r type: json, teams: [ads]" + waits), NOON.plusSeconds(7_200), search, ads);
    assertThat(told("r")).containsExactly("a trigger");
  }

  @Test
  void theOutboxHasNoSecretThatAServerRepeats() throws IOException {
    Config config = routes("r type: json, company: true");
    Files.writeString(
        home.resolve("alerts.yml"),
        Files.readString(home.resolve("alerts.yml")).replace("/r'", "/hook/s3cr3t-t0ken'"));
    server.answer("/hook/s3cr3t-t0ken", 400);
    Config secret = Config.load(home, null, Map.of("lake.format", "delta"));
    AlertSender.Sent sent = send(secret, NOON, alert("1", "ads", Severity.INFO));
    assertThat(sent.messages())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.state()).isEqualTo(MessageState.FAILED);
              assertThat(change.detail()).isEqualTo("the server answered 400: /hook/***");
            });
    lake(config).registerViews("ops.alert_outbox"::equals);
    assertThat(
            SparkHarness.session(config.lake()).table("ops.alert_outbox").toJSON().collectAsList())
        .hasSizeGreaterThan(2)
        .noneMatch(row -> row.contains("s3cr3t"));
  }

  @Test
  void refusesAKindThatDoesNotExist() {
    Config config = routes("r type: json, company: true, kinds: [budget_treshold]");
    assertThatThrownBy(() -> AlertSender.checkKinds(config))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "Invalid kind 'budget_treshold' in route 'r' of alerts.yml. Did you mean"
                + " 'budget_threshold'? The kinds are: ")
        .hasMessageContaining("budget_threshold");
  }
}
