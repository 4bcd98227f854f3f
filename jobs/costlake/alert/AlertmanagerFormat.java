package costlake.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * An alert of Alertmanager's API v2. Its labels are its identity. {@code endsAt} in the future is
 * the time at which Alertmanager takes it as over if nothing else is said.
 */
final class AlertmanagerFormat extends AlertFormat {
  private final String company;

  AlertmanagerFormat(String company) {
    this.company = company;
  }

  @Override
  Set<AlertEvent> events() {
    return Set.of(AlertEvent.TRIGGER, AlertEvent.RESOLVE);
  }

  @Override
  JsonNode json(AlertMessage message) {
    ArrayNode json = JSON.createArrayNode();
    message.alerts().forEach(alert -> json.add(json(alert)));
    return json;
  }

  private JsonNode json(Alert alert) {
    ObjectNode json = object();
    json.putObject("labels")
        .put("alertname", "costlake_" + alert.kind())
        .put("alert_id", alert.id())
        .put("company", company)
        .put("severity", alert.severity().word())
        .put("team", alert.teamId() == null ? "" : alert.teamId());
    json.set(
        "annotations", facts(alert).put("summary", alert.title()).put("description", alert.text()));
    return json.put("startsAt", alert.startsAt().toString())
        .put("endsAt", alert.endsAt().toString());
  }
}
