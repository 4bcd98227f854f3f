package costlake.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A relation that a kind of source delivers: {@code bronze.NAME}.
 *
 * @param name its name below {@code bronze}
 * @param meaning what one row is
 * @param spelling how delivered names of columns are compared with those of the list
 * @param recognisedBy columns by which a delivered header belongs to the relation
 * @param nullText text that means null, in a CSV only without quotes, or null
 * @param maps column of type map to the start of the delivered names that are folded into it
 * @param attributes the delivered JSON column whose members fill columns of its name, or null
 * @param identity columns that identify a row in its delivery; empty if only all columns do
 * @param roles columns of a role; if they are several, the first that has a value counts
 * @param times formats of dates and times
 * @param strategy name of the Java that maps it instead of this description, or null
 * @param adds columns of text that the strategy adds
 */
public record SourceRelation(
    String name,
    String meaning,
    List<SourceColumn> columns,
    Spelling spelling,
    List<String> recognisedBy,
    @Nullable String nullText,
    Map<String, String> maps,
    @Nullable String attributes,
    List<String> identity,
    Map<SourceRole, List<String>> roles,
    List<String> times,
    @Nullable String strategy,
    List<String> adds) {
  /** Name of the map of every delivered value that has no column. */
  public static final String NATIVE = "native";

  /** How a delivered name of a column is compared with that of the list. */
  public enum Spelling {
    /** Letter by letter. */
    EXACT,
    /** Upper and lower case are the same. */
    IGNORE_CASE,
    /** Only letters and digits count, and upper and lower case are the same. */
    LETTERS_AND_DIGITS
  }

  public SourceRelation {
    columns = List.copyOf(columns);
    recognisedBy = List.copyOf(recognisedBy);
    maps = Map.copyOf(maps);
    identity = List.copyOf(identity);
    roles = Map.copyOf(roles);
    times = List.copyOf(times);
    adds = List.copyOf(adds);
  }

  /** The columns of a role; none if the relation has no such role. */
  public List<String> role(SourceRole role) {
    return roles.getOrDefault(role, List.of());
  }

  /** The column of that name. */
  public Optional<SourceColumn> column(String column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }
}
