package costlake.report;

import costlake.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The English words of the codes in {@code reporting.*}, as {@code reports/codes.yml} has them. */
final class CodeLists {
  private static final String FILE = "/reports/codes.yml";
  private static final Map<String, Map<String, String>> LISTS = read();

  private CodeLists() {}

  private static Map<String, Map<String, String>> read() {
    try (InputStream in = CodeLists.class.getResourceAsStream(FILE)) {
      return new Yaml(new SafeConstructor(new LoaderOptions()))
          .load(Objects.requireNonNull(in, FILE));
    } catch (IOException e) {
      throw Failure.internal(e, "Failed to read %s", FILE);
    }
  }

  /** Returns the names of the lists. */
  static Set<String> names() {
    return LISTS.keySet();
  }

  /** Returns the words of a list by code. */
  static Map<String, String> of(String list) {
    return Objects.requireNonNull(LISTS.get(list), list);
  }

  /** Whether a list has words for a code. */
  static boolean has(String list, String code) {
    return of(list).containsKey(code);
  }
}
