package costlake.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A relation that a kind of source delivers: {@code bronze.NAME}.
 *
 * @param name name after {@code bronze.}
 * @param meaning meaning of one row
 * @param spelling how delivered column names are compared with the listed names
 * @param recognisedBy columns that a header must have to belong to the relation
 * @param foundBy sets of columns. A file among others, whose kind nobody named, is found to belong
 *     to the relation if it has all columns of a set; empty if it cannot be told
 * @param nullText text that means null (in CSV only without quotes); or null
 * @param maps for each column of type map, the prefix of the delivered columns that it collects
 * @param attributes name of a delivered JSON column, or null. Its members fill the columns whose
 *     names begin with this name and an underscore
 * @param identity columns that identify a row in a delivery; empty if only all columns together
 *     identify a row
 * @param roles columns of each role; if a role has several columns, the first column with a value
 *     counts in each row
 * @param times formats of dates and times
 * @param strategy name of the Java strategy that maps files instead of this description; or null
 * @param adds text columns that the strategy adds
 * @param layout how the rows of its files are told apart
 */
public record SourceRelation(
    String name,
    String meaning,
    List<SourceColumn> columns,
    Spelling spelling,
    List<String> recognisedBy,
    List<List<String>> foundBy,
    @Nullable String nullText,
    Map<String, String> maps,
    @Nullable String attributes,
    List<String> identity,
    Map<SourceRole, List<String>> roles,
    List<String> times,
    @Nullable String strategy,
    List<String> adds,
    SourceLayout layout) {
  /**
   * Name of the column with all delivered values that have no column of their own: a map from the
   * delivered column name to the value.
   */
  public static final String NATIVE = "native";

  /** Columns that every relation has, in Spark DDL: the source, delivery and file of a row. */
  public static final String PLACE =
      "_source_id string, _delivery_id string, _source_file string, _file_no int, _billing_period"
          + " date";

  /** How a delivered column name is compared with a listed name. */
  public enum Spelling {
    /** The names must be equal. */
    EXACT,
    /** Letter case is ignored. */
    IGNORE_CASE,
    /** Letter case and all characters except letters and digits are ignored. */
    LETTERS_AND_DIGITS
  }

  public SourceRelation {
    columns = List.copyOf(columns);
    recognisedBy = List.copyOf(recognisedBy);
    foundBy = foundBy.stream().map(List::copyOf).toList();
    maps = Map.copyOf(maps);
    identity = List.copyOf(identity);
    roles = Map.copyOf(roles);
    times = List.copyOf(times);
    adds = List.copyOf(adds);
  }

  /** Returns the columns of a role; empty if the relation has no such role. */
  public List<String> role(SourceRole role) {
    return roles.getOrDefault(role, List.of());
  }

  /** Returns the SQL types of the columns by name, without the columns of {@link #PLACE}. */
  public Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach(column -> types.put(column.name(), column.sqlType()));
    types.put(NATIVE, "map<string,string>");
    adds.forEach(added -> types.put(added, "string"));
    return types;
  }

  /**
   * Returns a text that differs if rows are read in another way: all of the description except its
   * meaning and what finds duplicates. It is the same in every process.
   */
  public String howRowsAreRead() {
    String described =
        String.join(
            "\n",
            name,
            columns.stream().map(SourceColumn::howValuesAreRead).toList().toString(),
            spelling.name(),
            recognisedBy.toString(),
            String.valueOf(nullText),
            new TreeMap<>(maps).toString(),
            String.valueOf(attributes),
            new TreeMap<>(roles).toString(),
            times.toString(),
            String.valueOf(strategy),
            adds.toString());
    return layout.equals(SourceLayout.PLAIN) ? described : described + "\n" + layout;
  }

  /** Finds a column by name. */
  public Optional<SourceColumn> column(String column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }
}
