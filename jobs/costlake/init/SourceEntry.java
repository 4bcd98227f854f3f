package costlake.init;

import costlake.config.SourceKind;
import costlake.land.Recognition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A source as {@code sources.yml} has it, with comments about what it answers and still needs.
 *
 * @param place {@code location} or {@code url}
 * @param address where the source is
 * @param isFound whether the columns were found under their own or other names, so that no column
 *     is missing
 * @param columns proposed columns: the delivered name of each
 */
record SourceEntry(
    String id,
    SourceKind kind,
    String place,
    String address,
    boolean isFound,
    Map<String, String> columns) {
  private static final String COLUMNS = "columns";

  /** A source at a place that was not looked into. */
  static SourceEntry at(String id, SourceKind kind, String place, String address) {
    return new SourceEntry(id, kind, place, address, false, Map.of());
  }

  /** A source that was found. */
  static SourceEntry found(String id, Recognition.Found found, String location) {
    return new SourceEntry(id, found.kind(), "location", location, true, found.columns());
  }

  /** Whether a night can read the source before somebody has completed the entry. */
  boolean isComplete() {
    return columns.isEmpty() && settings().isEmpty();
  }

  /**
   * Returns the lines of the entry. If it is not complete, all of them are comments.
   *
   * @param indent spaces before the entries of the list
   */
  List<String> lines(String indent) {
    String settings =
        settings().entrySet().stream().map(SourceEntry::setting).collect(Collectors.joining());
    String entry =
        "- {id: %s, kind: %s, %s: %s%s}"
            .formatted(id, kind.id(), place, ConfigurationText.quoted(address), settings);
    return Stream.of(
            Stream.of(indent + "# " + kind.guide().answers()),
            kind.guide().needs().stream().map(need -> indent + "#   it needs " + need),
            columns.isEmpty()
                ? Stream.<String>empty()
                : Stream.of(indent + "#   check the columns: they are proposed by their names"),
            Stream.of(indent + (isComplete() ? "" : "#") + entry))
        .flatMap(lines -> lines)
        .toList();
  }

  /** The settings that the user fills in or, of proposed columns, checks. */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(kind.guide().settings());
    if (isFound) {
      settings.remove(COLUMNS);
    }
    if (!columns.isEmpty()) {
      settings.put(
          COLUMNS,
          columns.entrySet().stream()
              .map(one -> one.getKey() + ": " + ConfigurationText.quoted(one.getValue()))
              .collect(Collectors.joining(", ", "{", "}")));
    }
    return settings;
  }

  private static String setting(Map.Entry<String, String> setting) {
    return ", " + setting.getKey() + ": " + setting.getValue();
  }
}
