package costlake.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.config.AlertRoute;
import java.util.Set;

/** How a receiver reads alerts. */
abstract class AlertFormat {
  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Returns the format of a route.
   *
   * @param company name of the company
   */
  static AlertFormat of(AlertRoute route, String company) {
    return switch (route.type()) {
      case SLACK -> new SlackFormat(company);
      case TEAMS -> new TeamsFormat(company);
      case PAGERDUTY -> new PagerDutyFormat(route.key(), company);
      case ALERTMANAGER -> new AlertmanagerFormat(company);
      case JSON -> new JsonFormat(company);
    };
  }

  /** Returns the events that the receiver understands. */
  Set<AlertEvent> events() {
    return Set.of(AlertEvent.values());
  }

  /** Returns the body of the request, which is JSON. */
  final String body(AlertMessage message) {
    return text(json(message));
  }

  abstract JsonNode json(AlertMessage message);

  static String text(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Returns the facts of an alert as an object. */
  static ObjectNode facts(Alert alert) {
    ObjectNode facts = object();
    alert.facts().forEach(facts::put);
    return facts;
  }
}
