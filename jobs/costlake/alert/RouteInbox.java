package costlake.alert;

import costlake.config.AlertRoute;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one route is told: which alerts become messages, and which messages are due. */
final class RouteInbox {
  private final AlertRoute route;
  private final AlertFormat format;
  private final Outbox<AlertMessage> outbox;
  private final Instant now;

  RouteInbox(AlertRoute route, AlertFormat format, Outbox<AlertMessage> outbox, Instant now) {
    this.route = route;
    this.format = format;
    this.outbox = outbox;
    this.now = now;
  }

  /** Records the events of alerts that the route is to be told, each once. */
  void collect(List<Alert> alerts) {
    Map<String, Alert> told = told();
    for (Alert alert : alerts) {
      if (!format.events().contains(alert.event())) {
        continue;
      }
      if (alert.event() != AlertEvent.TRIGGER) {
        Stream.ofNullable(told.get(alert.key())).forEach(t -> add(t.then(alert.event(), now)));
      } else if (route.isFor(alert.teamId()) && route.wants(alert.kind(), alert.severity())) {
        add(alert);
      }
    }
    digest();
  }

  /** Returns the alerts whose beginning an earlier run sent, as they were sent, by their key. */
  private Map<String, Alert> told() {
    Map<String, Alert> told = new HashMap<>();
    messages()
        .filter(change -> change.state().mayHaveArrived())
        .flatMap(change -> change.message().alerts().stream())
        .filter(alert -> alert.event() == AlertEvent.TRIGGER)
        .forEach(alert -> told.put(alert.key(), alert));
    return told;
  }

  private void add(Alert alert) {
    AlertMessage message = AlertMessage.of(route.id(), alert);
    if (outbox.last(message.messageId()).isEmpty()) {
      outbox.add(MessageChange.rendered(message, now));
    }
  }

  /**
   * Joins what is collected in the digest of the day, if the day has none yet. The digest and its
   * alerts are written in one step.
   */
  private void digest() {
    List<MessageChange<AlertMessage>> collected =
        waiting().filter(c -> isCollected(c.message())).toList();
    if (route.digest() == null || collected.isEmpty()) {
      return;
    }
    String id = AlertMessage.digestId(route.id(), route.digest().day(now));
    if (outbox.last(id).isEmpty()) {
      List<Alert> alerts =
          collected.stream().flatMap(change -> change.message().alerts().stream()).toList();
      outbox.add(MessageChange.rendered(new AlertMessage(id, route.id(), alerts), now));
      collected.forEach(c -> outbox.add(c.then(MessageState.WITHDRAWN, "it is in " + id)));
    }
  }

  private boolean isCollected(AlertMessage message) {
    return route.digest() != null && !message.isDigest() && !isUrgent(message);
  }

  private boolean isUrgent(AlertMessage message) {
    return message.severity().isAtLeast(route.urgent());
  }

  /** Returns the messages that are to be sent now. */
  List<AlertMessage> due() {
    boolean quiet = route.quietHours() != null && route.quietHours().include(now);
    return waiting()
        .map(MessageChange::message)
        .filter(message -> isUrgent(message) || !(quiet || isCollected(message)))
        .toList();
  }

  private Stream<MessageChange<AlertMessage>> waiting() {
    return messages().filter(change -> change.state().waits());
  }

  private Stream<MessageChange<AlertMessage>> messages() {
    return outbox.last().stream().filter(c -> c.message().routeId().equals(route.id()));
  }
}
