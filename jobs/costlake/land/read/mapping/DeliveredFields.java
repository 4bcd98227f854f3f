package costlake.land.read.mapping;

import costlake.land.read.rows.JsonMaps;
import costlake.land.read.rows.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of a row by the names of its columns. {@code usage.gpu.model} is a member of the
 * JSON object in the column {@code usage}, unless a column has exactly this name.
 */
final class DeliveredFields {
  /** A column, and the names of nested members of its JSON object. */
  private record Field(int position, List<String> path) {}

  private final Map<String, Field> fields = new HashMap<>();

  DeliveredFields(List<String> header, List<String> wanted) {
    for (String name : wanted) {
      field(header, name).ifPresent(field -> fields.put(name, field));
    }
  }

  /** Whether a header has a column of this name. */
  static boolean has(List<String> header, String name) {
    return field(header, name).isPresent();
  }

  private static Optional<Field> field(List<String> header, String name) {
    int whole = header.indexOf(name);
    if (whole >= 0) {
      return Optional.of(new Field(whole, List.of()));
    }
    int dot = name.indexOf('.');
    int parent = dot < 0 ? -1 : header.indexOf(name.substring(0, dot));
    return parent < 0
        ? Optional.empty()
        : Optional.of(new Field(parent, Arrays.asList(name.substring(dot + 1).split("\\.", -1))));
  }

  Set<Integer> positions() {
    Set<Integer> positions = new HashSet<>();
    fields.values().forEach(field -> positions.add(field.position()));
    return positions;
  }

  /** Returns the text of a column without white space around it; null if there is none. */
  @Nullable String text(RowReader row, String name) {
    Field field = fields.get(name);
    if (field == null) {
      return null;
    }
    UTF8String text = field.path().isEmpty() ? row.text(field.position()) : member(row, field);
    String stripped = text == null ? "" : text.toString().strip();
    return stripped.isEmpty() ? null : stripped;
  }

  /** Returns the members of the JSON object in a column; null if its text is no object. */
  @Nullable Map<String, String> object(RowReader row, String name) {
    String text = text(row, name);
    Map<UTF8String, UTF8String> members =
        text == null ? Map.of() : JsonMaps.parse(text.getBytes(StandardCharsets.UTF_8));
    if (members == null) {
      return null;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((key, value) -> texts.put(key.toString(), value.toString()));
    return texts;
  }

  private static @Nullable UTF8String member(RowReader row, Field field) {
    Map<UTF8String, UTF8String> object = row.object(field.position());
    UTF8String value = null;
    for (String name : field.path()) {
      value = object == null ? null : object.get(UTF8String.fromString(name));
      object = value == null ? null : JsonMaps.parse(value.getBytes());
    }
    return value;
  }
}
