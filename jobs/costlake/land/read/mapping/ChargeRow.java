package costlake.land.read.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The charge that a mapping makes of one row: its columns as text, or why there is none. */
final class ChargeRow {
  private static final int VALUE_IN_MESSAGE_MAX = 60;

  private final Map<String, String> values = new HashMap<>();
  private final List<String> repairs = new ArrayList<>();
  private @Nullable String problem;

  void put(String column, @Nullable String value) {
    if (value != null) {
      values.put(column, value);
    }
  }

  void putIfAbsent(String column, @Nullable String value) {
    if (!has(column)) {
      put(column, value);
    }
  }

  void remove(String column) {
    values.remove(column);
  }

  @Nullable String get(String column) {
    return values.get(column);
  }

  boolean has(String column) {
    return values.containsKey(column);
  }

  /** Sets the reason why the row is rejected, unless there is one already. */
  void reject(String reason) {
    if (problem == null) {
      problem = reason;
    }
  }

  /** The reason why the row is rejected, or null. */
  @Nullable String problem() {
    return problem;
  }

  void repaired(String name) {
    repairs.add(name);
  }

  List<String> repairs() {
    return repairs;
  }

  /** Returns a delivered text in quotes, shortened for a message. */
  static String shown(String text) {
    return text.length() <= VALUE_IN_MESSAGE_MAX
        ? "'" + text + "'"
        : "'" + text.substring(0, VALUE_IN_MESSAGE_MAX) + "...'";
  }
}
