package costlake.compare;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a table has in two lakes.
 *
 * @param differences what differs, without differences of columns
 * @param columns the columns that differ in rows with the same key, with their number of rows and
 *     the largest difference of numbers
 * @param notes what was not compared
 */
record Comparison(
    String table,
    Verdict verdict,
    String rows,
    List<String> differences,
    SortedMap<String, Difference> columns,
    List<String> notes) {
  /** How much a table differs. */
  enum Verdict {
    EQUAL("equal"),
    LAST_DIGITS("differs in last digits"),
    DIFFERENT("differs"),
    ONLY_BEFORE("only before"),
    ONLY_AFTER("only after"),
    LEFT_OUT("left out");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * How a column differs.
   *
   * @param largest largest difference; null if the values are not numbers
   */
  record Difference(long rows, @Nullable BigDecimal largest) {
    @Override
    public String toString() {
      String by =
          largest == null ? "" : ", at most " + largest.stripTrailingZeros().toPlainString();
      return "%d rows%s".formatted(rows, by);
    }
  }

  /** Returns the lines to print. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s (%s)".formatted(table, verdict, rows));
    differences.forEach(difference -> lines.add("  " + difference));
    columns.forEach((column, difference) -> lines.add("  %s: %s".formatted(column, difference)));
    notes.forEach(note -> lines.add("  not compared: " + note));
    return lines;
  }

  /** Returns the number of tables of each verdict, as one line. */
  static String summary(List<Comparison> tables) {
    return tables.stream()
        .collect(Collectors.groupingBy(Comparison::verdict, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", ", tables.size() + " tables: ", ""));
  }
}
