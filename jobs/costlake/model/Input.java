package costlake.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation that is not built by a model.
 *
 * @param columns name to Spark type, in order
 * @param day date column by which a night reads only some days; null if every night reads all rows
 * @param rules what its rows must be if it is a reference list
 */
public record Input(
    RelationName name,
    String meaning,
    @Nullable String day,
    Map<String, String> columns,
    ListRules rules) {
  public Input {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** A relation whose rows need no rules. */
  Input(RelationName name, String meaning, @Nullable String day, Map<String, String> columns) {
    this(name, meaning, day, columns, ListRules.NONE);
  }
}
