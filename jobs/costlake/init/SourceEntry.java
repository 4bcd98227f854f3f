package costlake.init;

import costlake.config.SourceKind;
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
 */
record SourceEntry(String id, SourceKind kind, String place, String address) {
  static SourceEntry at(String id, SourceKind kind, String location) {
    return new SourceEntry(id, kind, "location", location);
  }

  /** Whether a night can read the source before somebody has completed the entry. */
  boolean isComplete() {
    return kind.guide().settings().isEmpty();
  }

  /**
   * Returns the lines of the entry. If it is not complete, all of them are comments.
   *
   * @param indent spaces before the entries of the list
   */
  List<String> lines(String indent) {
    String settings =
        new TreeMap<>(kind.guide().settings())
            .entrySet().stream().map(SourceEntry::setting).collect(Collectors.joining());
    String entry =
        "- {id: %s, kind: %s, %s: %s%s}"
            .formatted(id, kind.id(), place, ConfigurationText.quoted(address), settings);
    return Stream.of(
            Stream.of(indent + "# " + kind.guide().answers()),
            kind.guide().needs().stream().map(need -> indent + "#   it needs " + need),
            Stream.of(indent + (isComplete() ? "" : "#") + entry))
        .flatMap(lines -> lines)
        .toList();
  }

  private static String setting(Map.Entry<String, String> setting) {
    return ", " + setting.getKey() + ": " + setting.getValue();
  }
}
