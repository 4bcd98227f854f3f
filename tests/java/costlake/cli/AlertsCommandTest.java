package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import costlake.testing.WebhookServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Sends the alert of a budget to a server by the command line, and lists what became of it. */
class AlertsCommandTest {
  private static final String ID = "chat/budget_threshold/s/2026-09-01/actual/80";

  @TempDir private Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private WebhookServer server;

  @BeforeEach
  void write() throws IOException {
    server = new WebhookServer();
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams: [{id: ads, name: Ads}, {id: search, name: Search}]
        """);
    Files.writeString(
        home.resolve("budgets.yml"),
        """
        budgets:
          - {id: s, name: Search, scope: {team: search}, period: month, amount: 200, currency: USD, thresholds: [80]}
        """);
    Files.writeString(
        home.resolve("alerts.yml"),
        """
        alert_routes:
          - {id: chat, type: slack, url: 'http://127.0.0.1:%d/chat', teams: [search]}
          - {id: other, type: json, url: 'http://127.0.0.1:%d/other', teams: [ads]}
        """
            .formatted(server.port(), server.port()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Config config() {
    return Config.load(home, null, Map.of("lake.format", "delta"));
  }

  /** Runs the command in a lake in which the budget of search is used to 81 %. */
  private String alerts(String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Config config = config();
    AlertsCommand command = new AlertsCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    command.run(
        config, config.alertRoutes(), LakeSession.in(SparkHarness.session(config.lake()), config));
    return out.toString();
  }

  private void publish() {
    Config config = config();
    Dataset<Row> rows =
        SparkHarness.session(config.lake())
            .sql(
                """
                select
                    's' as budget_id, 'Search' as budget_name, 'search' as owner_team_id, 'month' as period_kind,
                    to_date('2026-09-01') as period_start, to_date('2026-09-30') as period_end, true as is_current,
                    'money' as measure, 'USD' as billing_currency, cast(200 as decimal(38,21)) as amount,
                    cast(162.345 as decimal(38,21)) as actual, to_date('2026-09-20') as billed_until,
                    cast(array(named_struct('threshold_basis', 'actual', 'percent', cast(80 as decimal(9,3)), 'reached_on', to_date('2026-09-19')))
                        as array<struct<threshold_basis:string,percent:decimal(9,3),reached_on:date>>) as thresholds
                """);
    TableSpec spec =
        new TableSpec(
            TableName.parse("governance.budget_status"),
            rows.schema(),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    Lake lake = Lake.open(config.lake(), SparkHarness.session(config.lake()));
    try (NightStage night = lake.begin("night")) {
      night.stageAll(spec, rows);
      night.publish(List.of(), Map.of());
    }
  }

  @Test
  void sendsTheAlertOfABudgetOnceAndListsIt() {
    publish();
    assertThat(alerts("--format", "csv"))
        .isEqualTo(
            """
            route,type,host,alerts_of,sent,waits,needs_person,last_sent
            chat,slack,127.0.0.1,search,0,0,0,
            other,json,127.0.0.1,ads,0,0,0,
            """);
    assertThat(alerts("--send")).isEqualTo("sent  " + ID + "  Budget Search: 80\u00a0% reached\n");
    assertThat(server.received("/chat").get(0).at("/blocks/1/text/text").asText())
        .isEqualTo(
            """
            Budget Search: USD 162.35 of 200.00 were used from 1 September 2026 to 30 September 2026, as far as bills and telemetry go.
            80\u00a0% were reached on 19 September 2026.

            costlake budgets --at 2026-09-01""");
    assertThat(alerts("--send")).isEmpty();
    assertThat(err.toString()).contains("Nothing to send.");
    assertThat(server.received("/chat")).hasSize(1);
    assertThat(server.received("/other")).isEmpty();
    assertThat(alerts("--format", "csv")).contains("chat,slack,127.0.0.1,search,1,0,0,2");
  }

  @Test
  void namesWhatNeedsAPersonUntilOneDecided() {
    publish();
    server.answer("/chat", 500);
    assertThatThrownBy(() -> alerts("--send"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("It is unknown whether the alert " + ID + " arrived");
    assertThat(out.toString())
        .isEqualTo(
            "doubtful  "
                + ID
                + "  Budget Search: 80\u00a0% reached: the server answered 500: /chat\n");
    assertThat(alerts("--format", "csv")).contains("chat,slack,127.0.0.1,search,0,0,1,\n");
    server.answer("/chat", 200);
    assertThat(alerts("--resolve", ID, "not-sent"))
        .startsWith("waits  " + ID)
        .endsWith("a person recorded that it was not sent\n");
    assertThat(alerts("--send")).startsWith("sent  " + ID);
    assertThat(alerts("--route", "chat", "--format", "csv"))
        .startsWith("state,message_id,severity,title,changed_at,detail\nsent," + ID + ",warning,");
  }

  @Test
  void anAlertThatNoServerTakesIsTriedByTheNextRun() {
    publish();
    server.close();
    assertThatThrownBy(() -> alerts("--send"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.INTERNAL))
        .hasMessageContaining("The servers took no alert " + ID);
    assertThat(alerts("--format", "csv")).contains("chat,slack,127.0.0.1,search,0,1,0,\n");
  }

  private int run(String... options) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), options);
  }

  @Test
  void saysHowToWriteARouteIfThereIsNone() throws IOException {
    Path conf = Files.createDirectories(home.resolve("conf"));
    assertThat(run("alerts", "--send", "--conf", conf.toString())).isZero();
    assertThat(err.toString()).contains("No alert has a route. Write one in alerts.yml");
  }

  @Test
  void refusesOptionsThatDoNotBelongTogetherAndRoutesThatDoNotExist() {
    String conf = home.toString();
    assertThat(run("alerts", "--conf", conf, "--route", "chta")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "Cannot find route 'chta' in alerts.yml. Did you mean 'chat'? The routes are: chat,"
                + " other");
    assertThat(run("alerts", "--conf", conf, "--send", "--resolve", ID, "sent")).isEqualTo(2);
    assertThat(err.toString()).contains("Give --resolve alone");
    assertThat(run("alerts", "--conf", conf, "--reason", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot use --reason here");
  }
}
