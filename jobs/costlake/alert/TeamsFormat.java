package costlake.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.config.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A message for a workflow of Microsoft Teams: an adaptive card 1.4 of less than 28 KiB. Texts are
 * runs, which have no markup, so that no name can hide a link.
 */
final class TeamsFormat extends AlertFormat {
  static final int BYTES_MAX = 28_672;

  private final String company;

  TeamsFormat(String company) {
    this.company = company;
  }

  @Override
  Set<AlertEvent> events() {
    return Set.of(AlertEvent.TRIGGER);
  }

  /** Returns a card with as many alerts as there is room for, from the first one on. */
  @Override
  JsonNode json(AlertMessage message) {
    JsonNode fitting = card(message, 1);
    for (int shown = 2; shown <= message.alerts().size(); shown++) {
      JsonNode longer = card(message, shown);
      if (text(longer).getBytes(StandardCharsets.UTF_8).length >= BYTES_MAX) {
        return fitting;
      }
      fitting = longer;
    }
    return fitting;
  }

  private JsonNode card(AlertMessage message, int shown) {
    ObjectNode json = object().put("type", "message");
    ObjectNode card =
        json.putArray("attachments")
            .addObject()
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .putObject("content")
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4");
    ArrayNode body = card.putArray("body");
    if (message.isDigest()) {
      body.add(title(message.title(), message.severity()));
    }
    message.alerts().stream().limit(shown).forEach(alert -> add(body, alert));
    body.add(
        run(
            company + " · " + message.severity().word() + LeftOut.sentence(message, shown),
            object().put("isSubtle", true)));
    return json;
  }

  private static void add(ArrayNode body, Alert alert) {
    body.add(title(alert.title(), alert.severity()));
    alert
        .text()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> body.add(run(line, object())));
  }

  private static ObjectNode title(String text, Severity severity) {
    return run(text, object().put("weight", "Bolder").put("color", color(severity)));
  }

  private static String color(Severity severity) {
    return switch (severity) {
      case INFO -> "Default";
      case WARNING -> "Warning";
      case ERROR, CRITICAL -> "Attention";
    };
  }

  private static ObjectNode run(String text, ObjectNode style) {
    ObjectNode block = object().put("type", "RichTextBlock");
    block.putArray("inlines").addObject().put("type", "TextRun").put("text", text).setAll(style);
    return block;
  }
}
