package costlake.land.read.rows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a format whose values are read as text; some texts are JSON objects. */
public abstract class TextRows extends FieldRows {
  private final @Nullable UTF8String[] values;
  private final Map<Integer, Map<UTF8String, UTF8String>> members = new HashMap<>();

  protected TextRows(FilePlan file, Set<Integer> wanted, List<FieldCheck> binary) {
    super(file, wanted, file.checks(), binary);
    values = new UTF8String[file.width()];
  }

  /** Removes the values of the previous row. */
  public final void clear() {
    Arrays.fill(values, null);
    members.clear();
  }

  public final void set(int field, @Nullable UTF8String value) {
    values[field] = value;
  }

  @Override
  public final @Nullable UTF8String value(int field) {
    return values[field];
  }

  @Override
  public final @Nullable Map<UTF8String, UTF8String> members(int field) {
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
