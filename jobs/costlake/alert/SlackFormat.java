package costlake.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * A message of Slack: blocks, and a text for notifications. Names are plain text, so that none can
 * call a channel or hide a link.
 */
final class SlackFormat extends AlertFormat {
  /** Slack takes at most 50 blocks: a header, an alert each, and a last line. */
  private static final int ALERTS_MAX = 48;

  private final String company;

  SlackFormat(String company) {
    this.company = company;
  }

  @Override
  Set<AlertEvent> events() {
    return Set.of(AlertEvent.TRIGGER);
  }

  @Override
  JsonNode json(AlertMessage message) {
    ObjectNode json = object().put("text", escaped(message.title()));
    ArrayNode blocks = json.putArray("blocks");
    blocks.add(block("header", "text", plain(message.title())));
    List<Alert> shown = message.alerts().stream().limit(ALERTS_MAX).toList();
    shown.forEach(alert -> blocks.add(block("section", "text", plain(text(message, alert)))));
    ObjectNode context = object().put("type", "context");
    context.putArray("elements").add(plain(lastLine(message, shown.size())));
    blocks.add(context);
    return json;
  }

  private static String text(AlertMessage message, Alert alert) {
    return message.isDigest() ? alert.title() + "\n" + alert.text() : alert.text();
  }

  private String lastLine(AlertMessage message, int shown) {
    return company + " · " + message.severity().word() + LeftOut.sentence(message, shown);
  }

  private static ObjectNode block(String type, String key, ObjectNode content) {
    return object().put("type", type).set(key, content);
  }

  private static ObjectNode plain(String text) {
    return object().put("type", "plain_text").put("text", text).put("emoji", false);
  }

  /** Escapes the characters by which a text of Slack begins a link or a mention. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
