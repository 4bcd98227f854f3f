package costlake.config;

import java.util.List;

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
   * @return the record, or null when something is wrong
   */
  public static <T extends Record> T read(
      String text, String name, Class<T> type, List<String> found) {
    Problems problems = new Problems();
    ConfigValue.Section section = Yaml.parse(text, name, problems);
    T bound = problems.found().isEmpty() ? new Binder(problems).bind(type, section, "") : null;
    found.addAll(problems.found());
    return bound;
  }
}
