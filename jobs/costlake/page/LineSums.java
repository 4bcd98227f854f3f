package costlake.page;

import costlake.config.Required;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a table sum: the rows of a relation that have the month, the receiver, the
 * currency and the names of the line. The explanation of a line and the audit of its figure use
 * this one condition.
 *
 * @param of relation with the rows
 * @param where condition on its rows
 * @param month month of a row; default: its billing month
 * @param ofTeams whether the rows of teams count for their cost centres and for the company too,
 *     although the relation has receivers
 * @param namesAll whether each line names its rows, although {@code members} counts what it is
 *     about. Otherwise a line with several members is the line for all others
 * @param within SQL of a line to SQL of the rows: what each line has, also the line for all others
 * @param names SQL of a line to SQL of the rows: what a line is about. The line for all others sums
 *     the rows that no line names
 * @param breakdowns instead of {@code within} and {@code names}, if a table has several: the names
 *     of each
 * @param amounts money of a row by its parts, as {@code money.name} and {@code money.amount}. Of
 *     several parts those of zero do not count; default: one part, the effective cost
 * @param seen lines that steps lead to
 */
public record LineSums(
    @Required String of,
    @Nullable String where,
    @Nullable String month,
    boolean ofTeams,
    boolean namesAll,
    Map<String, String> within,
    Map<String, String> names,
    Map<String, Breakdown> breakdowns,
    Map<String, String> amounts,
    @Nullable Seen seen) {

  private static final String BREAKDOWN = "breakdown";

  /**
   * What the lines of one breakdown sum.
   *
   * @param where further condition on the rows
   * @param names as {@link LineSums#names}
   */
  public record Breakdown(@Nullable String where, Map<String, String> names) {}

  /**
   * Lines that steps lead to, as {@code seen_line} and {@code seen_shown}, of those that say what
   * they are about.
   *
   * @param table relation with the lines
   * @param receiver receiver of these lines; default: that of the explained line
   * @param names columns of these lines to SQL of the rows; the names of the explained line are
   *     {@code sum_key_NAME}
   */
  public record Seen(
      @Required String table, @Nullable String receiver, Map<String, String> names) {}

  /**
   * A condition for lines.
   *
   * @param where condition on the rows; null if all count
   * @param values SQL of a line to SQL of the rows
   */
  public record Condition(@Nullable String where, Map<String, String> values) {}

  public LineSums {
    if (!breakdowns.isEmpty() && !(within.isEmpty() && names.isEmpty())) {
      throw new IllegalArgumentException("'breakdowns' stands instead of 'within' and 'names'");
    }
  }

  /** Returns the conditions; a row may count in a line of each. All have the same columns. */
  public List<Condition> conditions() {
    if (breakdowns.isEmpty()) {
      return List.of(condition(null, within, names));
    }
    return breakdowns.entrySet().stream()
        .map(
            each ->
                condition(
                    each.getValue().where(),
                    Map.of(BREAKDOWN, "'" + each.getKey() + "'"),
                    each.getValue().names()))
        .toList();
  }

  private Condition condition(
      @Nullable String restriction, Map<String, String> fixed, Map<String, String> own) {
    Map<String, String> values = new TreeMap<>();
    keys().forEach(key -> values.put(key, "null"));
    values.putAll(fixed);
    values.putAll(own);
    return new Condition(restriction, values);
  }

  /** Returns the SQL of what the line for all others has too. */
  public Set<String> fixed() {
    return breakdowns.isEmpty() ? within.keySet() : Set.of(BREAKDOWN);
  }

  /** Returns the SQL of all that finds a line, sorted. */
  public List<String> keys() {
    Set<String> keys = new TreeSet<>(fixed());
    keys.addAll(names.keySet());
    breakdowns.values().forEach(each -> keys.addAll(each.names().keySet()));
    return List.copyOf(keys);
  }
}
