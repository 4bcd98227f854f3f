package costlake.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The plain JSON that {@code docs/alerts.md} describes, for any receiver. */
final class JsonFormat extends AlertFormat {
  private static final int VERSION = 1;

  private final String company;

  JsonFormat(String company) {
    this.company = company;
  }

  @Override
  JsonNode json(AlertMessage message) {
    ObjectNode json =
        object()
            .put("version", VERSION)
            .put("message_id", message.messageId())
            .put("company", company);
    ArrayNode alerts = json.putArray("alerts");
    message.alerts().forEach(alert -> alerts.add(json(alert)));
    return json;
  }

  private static JsonNode json(Alert alert) {
    ObjectNode json =
        object()
            .put("kind", alert.kind())
            .put("id", alert.id())
            .put("event", alert.event().word())
            .put("severity", alert.severity().word())
            .put("team", alert.teamId())
            .put("title", alert.title())
            .put("text", alert.text())
            .put("starts_at", alert.startsAt().toString())
            .put("ends_at", alert.endsAt().toString());
    json.set("facts", facts(alert));
    return json;
  }
}
