package costlake.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.core.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a row: a column, or a member of the JSON object in a column.
 *
 * @param name as written: a column, or {@code a.b} for the member b of the object in column a
 * @param column the delivered column
 * @param member JSON pointer to the member; empty for the column itself
 */
record TrafficField(String name, String column, String member) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Finds a value in the columns of a file. A column with exactly this name comes first.
   *
   * @throws Failure with exit code 2 if the file has no such column
   */
  static TrafficField in(Path file, String name, List<String> columns) {
    if (columns.contains(name)) {
      return new TrafficField(name, name, "");
    }
    return columns.stream()
        .filter(column -> name.startsWith(column + "."))
        .findFirst()
        .map(column -> new TrafficField(name, column, pointer(name.substring(column.length()))))
        .orElseThrow(
            () ->
                Failure.operator(
                    "Cannot price %s: it has no column '%s'.%s Its columns: %s.",
                    file, name, Nearest.hint(name, columns), String.join(", ", columns)));
  }

  private static String pointer(String members) {
    return members.replace('.', '/');
  }

  boolean isMember() {
    return !member.isEmpty();
  }

  /** Returns the text in a row, by column; null if there is none. */
  @Nullable String in(Map<String, @Nullable String> row) {
    String text = row.get(column);
    if (text == null || !isMember()) {
      return text;
    }
    try {
      JsonNode found = JSON.readTree(text).at(member);
      return found.isMissingNode() || found.isNull() ? null : found.asText();
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
