package costlake.land.read;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The values of one row as text, of which some are JSON objects. */
final class TextFields {
  private final @Nullable UTF8String[] values;
  private final Map<Integer, Map<UTF8String, UTF8String>> members = new HashMap<>();

  TextFields(int width) {
    values = new UTF8String[width];
  }

  /** Forgets the row before. */
  void clear() {
    Arrays.fill(values, null);
    members.clear();
  }

  void set(int field, @Nullable UTF8String value) {
    values[field] = value;
  }

  @Nullable UTF8String get(int field) {
    return values[field];
  }

  /** The members of a JSON object: empty without a value, null if it is no object. */
  @Nullable Map<UTF8String, UTF8String> members(int field) {
    Map<UTF8String, UTF8String> known = members.get(field);
    if (known == null) {
      UTF8String text = values[field];
      known = text == null || text.numBytes() == 0 ? Map.of() : JsonMaps.parse(text.getBytes());
      if (known != null) {
        members.put(field, known);
      }
    }
    return known;
  }
}
