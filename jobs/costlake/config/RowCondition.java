package costlake.config;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on delivered rows.
 *
 * @param values for each delivered column, the texts of which it must have one. An empty text means
 *     that the column is empty; a text that ends in {@code *} is the start of the delivered text
 */
public record RowCondition(Map<String, List<String>> values) {
  private static final String ANY_REST = "*";

  public RowCondition {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static RowCondition of(Map<String, ?> written) {
    Map<String, List<String>> values = new TreeMap<>();
    written.forEach((column, texts) -> values.put(column, texts(texts)));
    return new RowCondition(values);
  }

  static List<String> texts(@Nullable Object written) {
    if (written == null || (written instanceof Collection<?> all && all.contains(null))) {
      return List.of();
    }
    Stream<?> texts =
        written instanceof Collection<?> several ? several.stream() : Stream.of(written);
    return texts.map(String::valueOf).toList();
  }

  /** The delivered columns that it reads. */
  public Set<String> columns() {
    return values.keySet();
  }

  /**
   * Whether a row meets the condition.
   *
   * @param row returns the text of a delivered column, or null
   */
  public boolean holds(Function<String, @Nullable String> row) {
    return values.entrySet().stream()
        .allMatch(column -> isOneOf(row.apply(column.getKey()), column.getValue()));
  }

  private static boolean isOneOf(@Nullable String text, List<String> wanted) {
    String found = text == null ? "" : text;
    return wanted.stream().anyMatch(want -> matches(found, want));
  }

  private static boolean matches(String found, String want) {
    return want.endsWith(ANY_REST)
        ? !found.isEmpty() && found.startsWith(want.substring(0, want.length() - 1))
        : found.equals(want);
  }
}
