package costlake.assist;

import java.util.List;
import java.util.Map;

/** Writes JSON schemas of arguments and answers. */
final class Schemas {
  private Schemas() {}

  static Map<String, Object> text(String description) {
    return Map.of("type", "string", "description", description);
  }

  static Map<String, Object> month(String description) {
    return Map.of("type", "string", "pattern", "^\\d{4}-\\d{2}$", "description", description);
  }

  static Map<String, Object> oneOf(List<String> values, String description) {
    return Map.of("type", "string", "enum", values, "description", description);
  }

  static Map<String, Object> number(int min, int max, String description) {
    return Map.of("type", "integer", "minimum", min, "maximum", max, "description", description);
  }

  /** Returns the schema of the arguments of a tool, which takes no others. */
  static Map<String, Object> arguments(Tool tool) {
    return JsonValues.ordered(
        "type",
        "object",
        "properties",
        tool.parameters(),
        "required",
        List.copyOf(tool.required()),
        "additionalProperties",
        false);
  }
}
