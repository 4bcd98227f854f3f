package costlake.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.Sha256;

/** An event of PagerDuty's Events API v2. Its {@code dedup_key} is the identity of the alert. */
final class PagerDutyFormat extends AlertFormat {
  private static final int KEY_MAX = 255;

  private final String routingKey;
  private final String company;

  PagerDutyFormat(String routingKey, String company) {
    this.routingKey = routingKey;
    this.company = company;
  }

  @Override
  JsonNode json(AlertMessage message) {
    Alert alert = message.alerts().get(0);
    ObjectNode json =
        object()
            .put("routing_key", routingKey)
            .put("event_action", alert.event().word())
            .put("dedup_key", key(alert));
    if (alert.event() == AlertEvent.TRIGGER) {
      json.set("payload", payload(alert));
    }
    return json;
  }

  private JsonNode payload(Alert alert) {
    ObjectNode payload =
        object()
            .put("summary", alert.title())
            .put("source", company)
            .put("severity", alert.severity().word())
            .put("timestamp", alert.startsAt().toString())
            .put("class", alert.kind());
    if (alert.teamId() != null) {
      payload.put("component", alert.teamId());
    }
    payload.set("custom_details", facts(alert).put("text", alert.text()));
    return payload;
  }

  /** Returns the key of the alert; if it is too long, its start and a checksum of all of it. */
  private static String key(Alert alert) {
    String key = "costlake/" + alert.key();
    String sum = "/" + Sha256.hex(key);
    return key.length() <= KEY_MAX ? key : key.substring(0, KEY_MAX - sum.length()) + sum;
  }
}
