package costlake.config;

import java.util.List;
import java.util.Optional;

/**
 * Binds YAML to records for other packages, by the rules of the configuration: keys in snake_case,
 * unknown ones refused with the nearest valid name, everything with file and line.
 */
public final class YamlRecords {
  private YamlRecords() {}

  /**
   * Reads one document.
   *
   * @param name file name for messages
   * @param found receives what is wrong
   * @return the record; none when something is wrong
   */
  public static <T extends Record> Optional<T> read(
      String text, String name, Class<T> type, List<String> found) {
    Problems problems = new Problems();
    ConfigValue.Section section = Yaml.parse(text, name, problems);
    Optional<T> bound =
        problems.found().isEmpty()
            ? new Binder(problems).bind(type, section, "")
            : Optional.empty();
    found.addAll(problems.found());
    return bound;
  }
}
