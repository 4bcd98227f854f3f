package costlake.config;

import java.util.List;
import java.util.Optional;

/**
 * Reads YAML into records for other packages, by the rules of the configuration. Keys are in
 * snake_case, unknown keys are refused, and every problem is reported with file and line.
 */
public final class YamlRecords {
  private YamlRecords() {}

  /**
   * Reads one document.
   *
   * @param name name of the file in messages
   * @param found receives the problems
   * @return the record; empty if there is a problem
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
