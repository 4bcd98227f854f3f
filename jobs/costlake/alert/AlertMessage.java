package costlake.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import costlake.config.Severity;
import costlake.outbox.Message;
import java.util.Comparator;
import java.util.List;

/**
 * What is sent to one route in one request: an event of one alert, or a digest of several.
 *
 * @param messageId route, then kind, id and event of the alert or {@code digest} and the day
 */
public record AlertMessage(String messageId, String routeId, List<Alert> alerts)
    implements Message {
  private static final String DIGEST = "digest";

  public AlertMessage {
    alerts = List.copyOf(alerts);
  }

  /** Returns the message of one event. */
  static AlertMessage of(String routeId, Alert alert) {
    return new AlertMessage(id(routeId, alert, alert.event()), routeId, List.of(alert));
  }

  /** Returns the id of the message by which a route is told an event of an alert. */
  static String id(String routeId, Alert alert, AlertEvent event) {
    String begun = routeId + "/" + alert.key();
    return event == AlertEvent.TRIGGER ? begun : begun + "/" + event.word();
  }

  /** Returns the id of the digest of a day. */
  static String digestId(String routeId, Object day) {
    return routeId + "/" + DIGEST + "/" + day;
  }

  /** Whether the message is a digest, even if of one alert. */
  @JsonIgnore
  public boolean isDigest() {
    return messageId.startsWith(digestId(routeId, ""));
  }

  /** Returns the kind of the alert, or {@code digest}. */
  public String kind() {
    return isDigest() ? DIGEST : alerts.get(0).kind();
  }

  /** Returns the worst severity. */
  public Severity severity() {
    return alerts.stream().map(Alert::severity).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** Returns the title of the alert, or how many alerts the digest has. */
  public String title() {
    return isDigest() ? alerts.size() + " alerts" : alerts.get(0).title();
  }
}
