package costlake.model;

import java.util.List;
import java.util.Map;

/**
 * What the rows of a reference list must be.
 *
 * @param required columns that have a value in every row
 * @param anyOf columns of which every row has a value in at least one
 * @param patterns columns of regular expressions
 * @param groups columns of regular expressions with a group
 * @param times columns of times of day, e.g. 08:30
 * @param together columns that all have a value or all have none
 * @param periods columns of first days, with that of the day after the last
 * @param values the allowed values of a column
 * @param listed columns whose values are keys of another list, e.g. {@code use_kinds}
 */
public record ListRules(
    List<String> required,
    List<String> anyOf,
    List<String> patterns,
    List<String> groups,
    List<String> times,
    List<String> together,
    Map<String, String> periods,
    Map<String, List<String>> values,
    Map<String, String> listed) {
  /** The rules of a list of which every row is right. */
  public static final ListRules NONE =
      new ListRules(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), Map.of(),
          Map.of());

  public ListRules {
    required = List.copyOf(required);
    anyOf = List.copyOf(anyOf);
    patterns = List.copyOf(patterns);
    groups = List.copyOf(groups);
    times = List.copyOf(times);
    together = List.copyOf(together);
    periods = Map.copyOf(periods);
    values = Map.copyOf(values);
    listed = Map.copyOf(listed);
  }
}
