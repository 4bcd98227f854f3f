package costlake.build;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pairs expected rows with actual rows, in any order. */
final class RowMatch {
  private static final int SHOWN_MAX = 20;
  private final List<Map<String, Object>> expected;
  private final List<Map<String, Object>> actual;
  private final int[] takenBy;

  RowMatch(List<Map<String, Object>> expected, List<Map<String, Object>> actual) {
    this.expected = expected;
    this.actual = actual;
    this.takenBy = new int[actual.size()];
    Arrays.fill(takenBy, -1);
  }

  Optional<String> difference(Set<String> columns) {
    List<Integer> lonely =
        IntStream.range(0, expected.size())
            .filter(i -> !place(i, new boolean[actual.size()]))
            .boxed()
            .toList();
    if (lonely.isEmpty() && expected.size() == actual.size()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    text.append("expected ").append(expected.size()).append(" rows, got ").append(actual.size());
    lonely.forEach(i -> text.append("\n  missing  ").append(show(expected.get(i))));
    IntStream.range(0, actual.size())
        .filter(j -> takenBy[j] < 0)
        .limit(SHOWN_MAX)
        .forEach(j -> text.append("\n  got      ").append(show(only(actual.get(j), columns))));
    return Optional.of(text.toString());
  }

  private boolean place(int i, boolean[] tried) {
    for (int j = 0; j < actual.size(); j++) {
      if (!tried[j] && matches(expected.get(i), actual.get(j))) {
        tried[j] = true;
        if (takenBy[j] < 0 || place(takenBy[j], tried)) {
          takenBy[j] = i;
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(Map<String, Object> wanted, Map<String, Object> row) {
    return wanted.entrySet().stream()
        .allMatch(
            e -> row.containsKey(e.getKey()) && Objects.equals(e.getValue(), row.get(e.getKey())));
  }

  private static Map<String, Object> only(Map<String, Object> row, Set<String> columns) {
    Map<String, Object> shown = new LinkedHashMap<>(row);
    shown.keySet().retainAll(columns);
    return shown;
  }

  private static String show(Map<String, Object> row) {
    return row.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + "="
                    + (e.getValue() instanceof BigDecimal number
                        ? number.toPlainString()
                        : e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
