package costlake.alert;

import costlake.config.AlertRoute;
import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.Dispatch;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells routes what happened. An alert is recorded for each of its routes first, and then sent,
 * each once, even if the process is killed.
 */
public final class AlertSender {
  private final Config config;
  private final Outbox<AlertMessage> outbox;
  private final Instant now;
  private final Limits limits;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> offered = new HashSet<>();

  /**
   * Limits of the requests to one route.
   *
   * @param timeout time for one request
   */
  record Limits(Dispatch.Attempts attempts, Duration timeout) {
    static final Limits USUAL =
        new Limits(new Dispatch.Attempts(3, Duration.ofSeconds(2)), WebhookTransport.USUAL_TIMEOUT);
  }

  /**
   * What a run did.
   *
   * @param messages those that it offered to a server, those that wait, and those that need a
   *     person
   * @param problems why routes do not work, one sentence each
   */
  public record Sent(List<MessageChange<AlertMessage>> messages, List<String> problems) {
    /** Creates the result. */
    public Sent {
      messages = List.copyOf(messages);
      problems = List.copyOf(problems);
    }
  }

  private AlertSender(Config config, Outbox<AlertMessage> outbox, Instant now, Limits limits) {
    this.config = config;
    this.outbox = outbox;
    this.now = now;
    this.limits = limits;
  }

  /**
   * Records what holds now for these routes, and sends what is due. A route that does not work does
   * not hold up the others.
   *
   * @param routes routes of the configuration
   * @param now time that decides about quiet hours and digests
   * @throws Failure with exit code 2 if a route names a kind that does not exist
   */
  public static Sent send(
      Config config, List<AlertRoute> routes, Lake lake, Instant now, Progress progress) {
    checkKinds(config);
    List<Alert> alerts =
        AlertKind.registered().stream()
            .flatMap(kind -> kind.alerts(config, lake).stream())
            .toList();
    return send(config, routes, alerts, lake, now, progress, Limits.USUAL);
  }

  static Sent send(
      Config config,
      List<AlertRoute> routes,
      List<Alert> alerts,
      Lake lake,
      Instant now,
      Progress progress,
      Limits limits) {
    try (Outbox<AlertMessage> outbox = Outbox.open(lake, new AlertChannel(), "alerts --send")) {
      return new AlertSender(config, outbox, now, limits).send(routes, alerts, progress);
    }
  }

  /** Refuses a kind that no package registers. The configuration itself knows no kinds. */
  public static void checkKinds(Config config) {
    List<String> known = AlertKind.registered().stream().map(AlertKind::name).sorted().toList();
    for (AlertRoute route : config.alertRoutes()) {
      for (String kind : route.kinds()) {
        if (!known.contains(kind)) {
          throw Failure.operator(
              "Invalid kind '%s' in route '%s' of alerts.yml.%s The kinds are: %s",
              kind, route.id(), Nearest.hint(kind, known), String.join(", ", known));
        }
      }
    }
  }

  /**
   * Records what a person found out about a message whose outcome is unknown.
   *
   * @param found {@code SENT}, or {@code QUEUED} if it did not arrive
   */
  public static MessageChange<AlertMessage> resolve(
      Lake lake, String id, MessageState found, String actor, @Nullable String reason) {
    try (Outbox<AlertMessage> outbox = Outbox.open(lake, new AlertChannel(), "alerts --resolve")) {
      return outbox.resolve(
          id, found, actor, reason, state -> "'costlake alerts' lists those that need a person");
    }
  }

  private Sent send(List<AlertRoute> routes, List<Alert> alerts, Progress progress) {
    Map<String, AlertRoute> known =
        config.alertRoutes().stream()
            .collect(Collectors.toMap(AlertRoute::id, Function.identity()));
    outbox.last().forEach(change -> recover(change, known.get(change.message().routeId())));
    routes.forEach(route -> inbox(route).collect(alerts));
    outbox.write();
    FailPoint.reached(FailPoints.ALERTS_COLLECTED);
    routes.forEach(route -> post(route, progress));
    Set<String> names = routes.stream().map(AlertRoute::id).collect(Collectors.toSet());
    return new Sent(
        outbox.last().stream()
            .filter(change -> names.contains(change.message().routeId()) && isTold(change))
            .toList(),
        problems);
  }

  private boolean isTold(MessageChange<AlertMessage> change) {
    return offered.contains(change.id()) || change.state().waits() || needsPerson(change.state());
  }

  /** Whether a person must find out what became of a message in this state. */
  public static boolean needsPerson(MessageState state) {
    return state == MessageState.SENDING
        || state == MessageState.DOUBTFUL
        || state == MessageState.FAILED;
  }

  /**
   * Ends what an earlier run left: a message without an outcome, and a message that its route must
   * no longer be told.
   */
  private void recover(MessageChange<AlertMessage> last, @Nullable AlertRoute route) {
    if (last.state() == MessageState.SENDING) {
      boolean repeats = route != null && route.repeats();
      outbox.add(
          last.then(
              repeats ? MessageState.QUEUED : MessageState.DOUBTFUL,
              "the run was interrupted while it sent the alert"));
    } else if (last.state().waits() && route == null) {
      outbox.add(last.then(MessageState.WITHDRAWN, "its route is no longer in alerts.yml"));
    } else if (last.state().waits()) {
      keepOwn(last, Objects.requireNonNull(route));
    }
  }

  private void keepOwn(MessageChange<AlertMessage> last, AlertRoute route) {
    AlertMessage message = last.message();
    List<Alert> own =
        message.alerts().stream().filter(alert -> route.isFor(alert.teamId())).toList();
    if (own.isEmpty()) {
      outbox.add(last.then(MessageState.WITHDRAWN, "its route is no longer for that team"));
    } else if (own.size() < message.alerts().size()) {
      outbox.add(last.renderedAgain(new AlertMessage(message.messageId(), message.routeId(), own)));
    }
  }

  private RouteInbox inbox(AlertRoute route) {
    return new RouteInbox(route, format(route), outbox, now);
  }

  private AlertFormat format(AlertRoute route) {
    return AlertFormat.of(route, config.company().name());
  }

  private void post(AlertRoute route, Progress progress) {
    AlertFormat format = format(route);
    List<Dispatch.Post<String>> posts =
        inbox(route).due().stream()
            .map(message -> new Dispatch.Post<>(message.messageId(), format.body(message)))
            .toList();
    posts.forEach(post -> offered.add(post.messageId()));
    if (!posts.isEmpty()) {
      send(route, posts, progress);
    }
  }

  private void send(AlertRoute route, List<Dispatch.Post<String>> posts, Progress progress) {
    WebhookTransport transport = new WebhookTransport(route, limits.timeout());
    try {
      new Dispatch<>(outbox, transport, limits.attempts(), progress).send(posts);
    } catch (Failure e) {
      if (e.family() != Failure.Family.OPERATOR) {
        throw e;
      }
      problems.add(e.getMessage());
    }
  }
}
