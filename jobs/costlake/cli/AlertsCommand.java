package costlake.cli;

import costlake.alert.AlertMessage;
import costlake.alert.AlertSender;
import costlake.config.AlertRoute;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.core.PlainText;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake alerts}: lists routes and their messages, or sends what is due. */
@Command(
    name = "alerts",
    description = {
      "Send alerts to chats, pagers and monitoring by webhooks.",
      "Without an option, it lists the routes of alerts.yml and what waits for them. Each alert is"
          + " sent once, however often you run this."
    },
    footer = {
      "",
      "Example: costlake alerts --conf demo/conf --send",
      "An alert in doubt waits for a person: --resolve ID sent|not-sent."
    })
final class AlertsCommand implements Runnable, Stoppable {
  private static final String NONE =
      "No alert has a route. Write one in alerts.yml; docs/alerts.md says how.";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Option(
      names = "--send",
      description = "Record what happened since the last time, and send what is due.")
  boolean send;

  @Option(
      names = "--route",
      paramLabel = "ROUTE",
      description = "Send to this route alone; without --send, list its messages.")
  @Nullable String route;

  @Option(
      names = "--resolve",
      arity = "2",
      paramLabel = "ID sent|not-sent",
      hideParamSyntax = true,
      description =
          "Record the outcome of an alert in doubt, or send a refused one again: its id, then sent"
              + " or not-sent.")
  @Nullable List<String> resolve;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, with --resolve.")
  @Nullable String reason;

  @Override
  public String whatStands() {
    return "No alert is sent twice: 'costlake status' names one whose outcome is in doubt. Run the same"
        + " command again to send the others.";
  }

  @Override
  public void run() {
    if (resolve != null && (send || route != null)) {
      throw Failure.operator("Give --resolve alone, without --send and --route");
    }
    if (reason != null && resolve == null) {
      throw Failure.operator("Cannot use --reason here: it belongs to --resolve ID sent|not-sent");
    }
    Config config = common.config();
    AlertSender.checkKinds(config);
    List<AlertRoute> routes = chosen(config);
    if (routes.isEmpty() && resolve == null) {
      common.console().say(NONE);
      return;
    }
    try (LakeSession session = LakeSession.ofLake(config)) {
      run(config, routes, session);
    }
  }

  private List<AlertRoute> chosen(Config config) {
    if (route == null) {
      return config.alertRoutes();
    }
    List<AlertRoute> one = config.alertRoutes().stream().filter(r -> r.id().equals(route)).toList();
    if (one.isEmpty()) {
      List<String> ids = config.alertRoutes().stream().map(AlertRoute::id).toList();
      throw Failure.operator(
          "Cannot find route '%s' in alerts.yml.%s The routes are: %s",
          route, Nearest.hint(route, ids), ids.isEmpty() ? "none" : String.join(", ", ids));
    }
    return one;
  }

  /** Lists, sends or resolves in a lake that is open. */
  void run(Config config, List<AlertRoute> routes, LakeSession session) {
    if (resolve != null) {
      MessageState found = SendCommand.decision(resolve.get(1)).state();
      common
          .out()
          .println(
              line(
                  AlertSender.resolve(
                      session.lake(), resolve.get(0), found, CommonOptions.actor(), reason)));
    } else if (send) {
      report(
          AlertSender.send(
              config, routes, session.lake(), Instant.now(), common.console().progress()));
    } else {
      AlertTables tables = AlertTables.of(session);
      ResultPrinter printer = new ResultPrinter(common.data());
      if (route == null) {
        printer.print(format.chosen, AlertTables.ROUTES, tables.routes(routes));
      } else {
        printer.print(format.chosen, AlertTables.MESSAGES, tables.messages(route));
      }
    }
  }

  private void report(AlertSender.Sent sent) {
    sent.messages().forEach(message -> common.out().println(line(message)));
    if (sent.messages().isEmpty()) {
      common.console().say("Nothing to send.");
    }
    if (!sent.problems().isEmpty()) {
      throw Failure.operator("%s", String.join("\n", sent.problems()));
    }
    String open = ids(sent, AlertSender::needsPerson);
    if (!open.isEmpty()) {
      throw Failure.operator(
          """
          It is unknown whether the alert %s arrived, or the server refused it. Find out, then run
          'costlake alerts --resolve ID sent' or 'costlake alerts --resolve ID not-sent'
          """,
          open);
    }
    String queued = ids(sent, state -> state == MessageState.QUEUED);
    if (!queued.isEmpty()) {
      throw Failure.internal(
          "The servers took no alert %s. Run 'costlake alerts --send' again later", queued);
    }
  }

  private static String ids(AlertSender.Sent sent, Predicate<MessageState> states) {
    return sent.messages().stream()
        .filter(message -> states.test(message.state()))
        .map(MessageChange::id)
        .collect(Collectors.joining(", "));
  }

  private static String line(MessageChange<AlertMessage> message) {
    String state = message.state().waits() ? "waits" : SendCommand.word(message.state());
    String detail = message.detail() == null ? "" : ": " + message.detail();
    return PlainText.line(
        "%s  %s  %s%s".formatted(state, message.id(), message.message().title(), detail));
  }
}
