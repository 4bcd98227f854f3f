package costlake.land.read.rows;

import costlake.config.MappingText;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The plan for reading one delivered file.
 *
 * @param path path of the file
 * @param columns columns as delivered, in order
 * @param cells origin of each column of the relation, by the name of the column
 * @param nullText text that means null (in CSV only without quotes), or several texts with {@code
 *     |} between them; null if there is none
 * @param repairs names of the repairs that apply to every row
 * @param mapping the user's mapping that makes the values of a row, in fields after the delivered
 *     ones; or null
 * @param emptyIsText whether an empty text (in CSV only in quotes) is text and not null
 * @param layout how the rows of the file are told apart
 * @param recordBytesMax longer records of a text format are rejected
 * @param clean whether the first reading found that all rows can be read, so that no checks are
 *     needed
 * @param repeated numbers of rows that are left out because they repeat another row
 */
public record FilePlan(
    String path,
    List<String> columns,
    Map<String, ColumnOrigin> cells,
    List<FieldCheck> checks,
    @Nullable String nullText,
    List<String> repairs,
    @Nullable MappingText mapping,
    boolean emptyIsText,
    Layout layout,
    int recordBytesMax,
    boolean clean,
    Set<Long> repeated)
    implements Serializable {

  /** Name of the repair that turned a text that means null into null. */
  public static final String LITERAL_NULL = "literal_null";

  public FilePlan {
    columns = List.copyOf(columns);
    cells = new HashMap<>(cells);
    checks = List.copyOf(checks);
    repairs = List.copyOf(repairs);
    repeated = Set.copyOf(repeated);
  }

  /** Returns the number of fields of a record. */
  public int width() {
    return columns.size();
  }

  /** Returns the texts that mean null. */
  public List<String> nullTexts() {
    return nullText == null ? List.of() : List.of(nullText.split("\\|", -1));
  }

  /** Returns the positions of all fields. */
  public Set<Integer> positions() {
    return IntStream.range(0, width()).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns the plan with the results of the first reading.
   *
   * @param found whether all rows can be read
   * @param leftOut numbers of the rows to leave out
   */
  public FilePlan checked(boolean found, List<Long> leftOut) {
    return with(cells, found, Set.copyOf(leftOut));
  }

  /** Returns the plan with other origins of some columns. */
  public FilePlan with(Map<String, ColumnOrigin> others) {
    Map<String, ColumnOrigin> all = new HashMap<>(cells);
    all.putAll(others);
    return with(all, clean, repeated);
  }

  private FilePlan with(Map<String, ColumnOrigin> origins, boolean found, Set<Long> leftOut) {
    return new FilePlan(
        path,
        columns,
        origins,
        checks,
        nullText,
        repairs,
        mapping,
        emptyIsText,
        layout,
        recordBytesMax,
        found,
        leftOut);
  }

  /**
   * Returns the plan with all columns as delivered in one map column, besides the members of JSON
   * columns that it already has.
   */
  public FilePlan withEveryColumnIn(String map) {
    List<ColumnOrigin.Entry> entries =
        IntStream.range(0, width())
            .mapToObj(i -> new ColumnOrigin.Entry(columns.get(i), i))
            .toList();
    ColumnOrigin before = cells.getOrDefault(map, ColumnOrigin.map(List.of(), List.of()));
    return with(Map.of(map, ColumnOrigin.map(entries, before.json(), before.without())));
  }

  /** Plans to read a file that was delivered under another name and whose columns are known. */
  public static FilePlan of(
      String path, String name, List<String> columns, Relation relation, int recordBytesMax) {
    Mapping mapping = relation.mapping(name, columns);
    return new FilePlan(
        path,
        columns,
        mapping.cells(),
        mapping.checks(),
        mapping.nullText(),
        mapping.repairs(),
        mapping.rows(),
        false,
        new Layout(relation.rowArrays(), mapping.freeText()),
        recordBytesMax,
        false,
        Set.of());
  }

  /** Plans to read a file in its delivered columns, as text. */
  public static FilePlan asDelivered(
      Path file, List<String> columns, int recordBytesMax, FileShape shape) {
    Map<String, ColumnOrigin> cells = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.put(columns.get(i), ColumnOrigin.field(i));
    }
    return new FilePlan(
        file.toString(),
        columns,
        cells,
        List.of(),
        null,
        List.of(),
        null,
        true,
        new Layout(shape.rowArrays(), Layout.NO_FREE_TEXT),
        recordBytesMax,
        false,
        Set.of());
  }
}
