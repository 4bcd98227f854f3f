package costlake.hours;

import costlake.config.SourceColumn;
import costlake.config.SourceKind;
import costlake.core.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The order of the columns of a log without a header, as the user states it. */
record ColumnOrder(SourceKind kind) {
  static ColumnOrder of(SourceKind kind) {
    return new ColumnOrder(kind);
  }

  /**
   * Returns the number of each column by its name.
   *
   * @param names names of the columns in their order; if there are none, the kind states the order
   * @throws Failure with exit code 2 if a name occurs twice or none is a column of the kind
   */
  Map<String, String> numbered(List<String> names) {
    return names.isEmpty() ? Map.of() : numbers(names);
  }

  private Map<String, String> numbers(List<String> names) {
    Map<String, String> numbers = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(key(name))) {
        throw Failure.operator(
            "Invalid --columns: '%s' occurs twice. Name each column once.", name);
      }
      String number = Integer.toString(seen.size());
      numbers.put(column(name).map(SourceColumn::name).orElse("'" + name), number);
    }
    if (numbers.keySet().stream().allMatch(name -> name.startsWith("'"))) {
      throw Failure.operator(
          "Invalid --columns '%s': none of them is a column of %s. Its columns are: %s.",
          String.join(",", names), kind.title(), String.join(", ", known()));
    }
    return numbers;
  }

  private Optional<SourceColumn> column(String name) {
    return columns()
        .filter(column -> names(column).map(ColumnOrder::key).anyMatch(key(name)::equals))
        .findFirst();
  }

  private Stream<SourceColumn> columns() {
    return kind.relations().get(0).columns().stream();
  }

  private static Stream<String> names(SourceColumn column) {
    return Stream.concat(Stream.of(column.name()), column.aliases().stream());
  }

  private List<String> known() {
    return new ArrayList<>(columns().map(SourceColumn::name).toList());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
