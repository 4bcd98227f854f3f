package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads {@code alerts.yml}. */
class AlertRouteTest {
  private static final String HOOK = "https://hooks.example.com/services/T0/s3cr3t";

  @TempDir private Path home;

  @BeforeEach
  void teams() throws IOException {
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: search}
        teams: [{id: search, name: Search}, {id: ads, name: Ads}]
        """);
  }

  private Config load(String routes) throws IOException {
    Files.writeString(home.resolve("alerts.yml"), "alert_routes:\n" + routes);
    Map<String, String> environment =
        Map.of("HOOK", HOOK, "KEY", "r0ut1ng", "HTTP", "http://a.example/x");
    return Config.from(Settings.read(home, null, Map.of()), environment::get);
  }

  private AlertRoute route(String route) throws IOException {
    return load("  - " + route + "\n").alertRoutes().get(0);
  }

  @Test
  void thereIsNoneByDefault() {
    assertThat(Config.defaults(home).alertRoutes()).isEmpty();
  }

  @Test
  void takesTheAddressFromTheEnvironmentAndNeverShowsIt() throws IOException {
    AlertRoute route = route("{id: chat, type: slack, url: '${HOOK}', teams: [search]}");
    assertThat(route.address()).hasToString(HOOK);
    assertThat(route).hasToString("chat");
    assertThat(Settings.read(home, null, Map.of()).lines().toString())
        .contains("${HOOK}")
        .doesNotContain("s3cr3t");
  }

  @Test
  void aRouteOfATeamGetsNothingOfAnotherTeam() throws IOException {
    AlertRoute team = route("{id: a, type: slack, url: '${HOOK}', teams: [search]}");
    assertThat(team.isFor("search")).isTrue();
    assertThat(team.isFor("ads")).isFalse();
    assertThat(team.isFor(null)).isFalse();
    AlertRoute company = route("{id: a, type: slack, url: '${HOOK}', company: true}");
    assertThat(company.isFor("ads")).isTrue();
    assertThat(company.isFor(null)).isTrue();
  }

  @Test
  void choosesKindsAndSeverities() throws IOException {
    AlertRoute all = route("{id: a, type: slack, url: '${HOOK}', company: true}");
    assertThat(all.wants("incident", Severity.INFO)).isTrue();
    assertThat(all.urgent()).isEqualTo(Severity.CRITICAL);
    AlertRoute some =
        route(
            "{id: a, type: slack, url: '${HOOK}', company: true, kinds: [incident], min_severity: error}");
    assertThat(some.wants("incident", Severity.CRITICAL)).isTrue();
    assertThat(some.wants("incident", Severity.WARNING)).isFalse();
    assertThat(some.wants("approval", Severity.CRITICAL)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "pagerduty, routing_key: '${KEY}', https://events.pagerduty.com/v2/enqueue, true",
    "alertmanager, url: 'https://alerts.example.com/', https://alerts.example.com/api/v2/alerts, true",
    "alertmanager, url: 'http://[::1]:9093/api/v2/alerts', http://[::1]:9093/api/v2/alerts, true",
    "json, url: 'http://localhost:8080/a', http://localhost:8080/a, false"
  })
  void receiversThatKnowAlertsGetAMessageInDoubtAgain(
      String type, String setting, String address, boolean repeats) throws IOException {
    AlertRoute route = route("{id: a, type: %s, %s, company: true}".formatted(type, setting));
    assertThat(route.address()).hasToString(address);
    assertThat(route.repeats()).isEqualTo(repeats);
  }

  @Test
  void aPersonMayPreferOneMessageTooManyToOneTooFew() throws IOException {
    assertThat(
            route("{id: a, type: slack, url: '${HOOK}', company: true, in_doubt: repeat}")
                .repeats())
        .isTrue();
    assertThat(
            route("{id: a, type: pagerduty, routing_key: '${KEY}', company: true, in_doubt: wait}")
                .repeats())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "22:00, 07:00, 2026-09-14T20:00:00Z, true",
    "22:00, 07:00, 2026-09-14T19:59:59Z, false",
    "22:00, 07:00, 2026-09-15T04:59:59Z, true",
    "22:00, 07:00, 2026-09-15T05:00:00Z, false",
    "12:00, 13:00, 2026-09-15T10:30:00Z, true",
    "12:00, 13:00, 2026-09-15T11:00:00Z, false"
  })
  void quietHoursAreThoseOfTheirZoneAndMaySpanMidnight(
      String from, String until, Instant moment, boolean quiet) throws IOException {
    AlertRoute route =
        route(
            "{id: a, type: slack, url: '${HOOK}', company: true, quiet_hours: {from: %s, until: %s, zone: Europe/Berlin}}"
                .formatted(from, until));
    assertThat(route.quietHours().include(moment)).isEqualTo(quiet);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-09-14T05:59:59Z, 2026-09-13",
    "2026-09-14T06:00:00Z, 2026-09-14",
    "2026-12-14T06:59:59Z, 2026-12-13",
    "2026-12-14T07:00:00Z, 2026-12-14"
  })
  void aDayOfADigestBeginsAtItsTime(Instant moment, LocalDate day) throws IOException {
    AlertRoute route =
        route(
            "{id: a, type: slack, url: '${HOOK}', company: true, digest: {at: 08:00, zone: Europe/Berlin}}");
    assertThat(route.digest().day(moment)).isEqualTo(day);
  }

  /** What a person writes by mistake, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: slack, company: true | route 'a' needs url: the address of the webhook",
        "type: slack, url: 'https://hooks.example.com/s3cr3t', company: true"
            + " | the address in 'alert_routes[0].url' is a secret: put it into an environment variable",
        "type: slack, url: '${NONE}', company: true | the environment variable NONE is not set",
        "type: json, url: '${HTTP}', company: true"
            + " | 'alert_routes[0].url' must be an address such as https://hooks.example.com/a",
        "type: json, url: 'http://127.0.0.1.example.com/s3cr3t', company: true"
            + " | 'alert_routes[0].url' must be an address such as",
        "type: alertmanager, url: 'file:///etc/s3cr3t', company: true"
            + " | 'alert_routes[0].url' must be an address such as",
        "type: alertmanager, url: 'https://a b/s3cr3t', company: true"
            + " | 'alert_routes[0].url' must be an address such as",
        "type: alertmanager, url: 'https://u:s3cr3t@a.example', company: true"
            + " | the address in 'url' contains a secret",
        "type: pagerduty, company: true | route 'a' needs routing_key",
        "type: pagerduty, routing_key: s3cr3t, company: true | 'routing_key' looks like a secret",
        "type: slack, url: '${HOOK}', routing_key: '${KEY}', company: true"
            + " | 'alert_routes[0].routing_key' is for pagerduty alone. Remove it",
        "type: slack, url: '${HOOK}' | route 'a' needs either teams or company: true",
        "type: slack, url: '${HOOK}', teams: [search], company: true"
            + " | route 'a' needs either teams or company: true",
        "type: slack, url: '${HOOK}', teams: [serach]"
            + " | names team 'serach', which no team in owners.yml has. Did you mean 'search'?",
        "type: slack, url: '${HOOK}', company: true, quiet_hours: {from: 7pm, until: 08:00, zone: UTC}"
            + " | 'alert_routes[0].quiet_hours.from' cannot be '7pm': write a time as HH:MM",
        "type: slack, url: '${HOOK}', company: true, quiet_hours: {from: 08:00, until: 08:00, zone: UTC}"
            + " | 'alert_routes[0].quiet_hours' begin and end at 08:00",
        "type: slack, url: '${HOOK}', company: true, quiet_hours: {from: 08:00, until: 09:00, zone: Berlin}"
            + " | write a zone such as Europe/Paris or UTC",
        "type: pagerduty, routing_key: '${KEY}', company: true, digest: {at: 08:00, zone: UTC}"
            + " | 'alert_routes[0].digest' is not for pagerduty, which knows single alerts",
        "type: slak, url: '${HOOK}', company: true | Did you mean 'slack'?",
        "type: slack, url: '${HOOK}', company: true, min_severity: high"
            + " | 'alert_routes[0].min_severity' cannot be 'high'"
      })
  void saysWhatIsWrongAndShowsNoSecret(String route, String message) {
    assertThatThrownBy(() -> route("{id: a, %s}".formatted(route)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("alerts.yml:2")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("s3cr3t");
  }

  @Test
  void reportsTheMistakesOfAllRoutesAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    """
                      - {id: a, type: slack, url: '${HOOK}', company: true}
                      - {id: a, type: slack, url: '${HOOK}', teams: [nobody]}
                      - {id: B, type: json, teams: [ads]}
                    """))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("4 problems")
        .hasMessageContaining(
            "alerts.yml:3: id 'a' is used twice in alert_routes. Rename one of them")
        .hasMessageContaining("alerts.yml:4: 'B' must be lower-case letters, digits, - or _");
  }
}
