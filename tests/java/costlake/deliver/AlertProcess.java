package costlake.deliver;

import costlake.alert.AlertSender;
import costlake.config.Config;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sends the alerts of thresholds in a separate process, so that a test can kill it. */
final class AlertProcess {
  private AlertProcess() {}

  /** Arguments: the configuration folder and the format of the lake. */
  public static void main(String[] args) {
    Config config = config(Path.of(args[0]), args[1]);
    send(config, SampleBudgets.open(config));
    SparkHarness.spark().stop();
  }

  static Config config(Path home, String format) {
    return Config.load(home, null, Map.of("lake.format", format));
  }

  static AlertSender.Sent send(Config config, Lake lake) {
    return AlertSender.send(config, config.alertRoutes(), lake, Instant.now(), Progress.SILENT);
  }

  /** Writes budgets and their routes, one route of which is the first to get its messages. */
  static void write(Path home, int port, String first) throws IOException {
    SampleBudgets.owners(home);
    Files.writeString(
        home.resolve("budgets.yml"),
        """
        budgets:
          - {id: a, name: A, scope: {team: ads}, period: month, amount: 200, currency: USD}
          - {id: s, name: S, scope: {team: search}, period: quarter, amount: 200, currency: USD}
        """);
    Map<String, String> routes =
        Map.of(
            "chat", "type: slack, teams: [ads, search]",
            "pager", "type: pagerduty, routing_key: '${PATH}', company: true",
            "daily", "type: json, company: true, digest: {at: '00:00', zone: UTC}");
    StringBuilder text = new StringBuilder("alert_routes:\n");
    for (String id : List.of(first, "chat", "pager", "daily").stream().distinct().toList()) {
      text.append(
          "  - {id: %s, url: 'http://127.0.0.1:%d/%s', %s}\n"
              .formatted(id, port, id, routes.get(id)));
    }
    Files.writeString(home.resolve("alerts.yml"), text);
  }
}
