package costlake.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the embedded reference lists. Files of one name in {@code conf/reference} and in the
 * folders of kinds of sources are one list, so that a kind adds its rows in its own folder.
 */
public final class ReferenceLists {
  /** Columns of the key of each list whose key is not its first column. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "azure_services", List.of("resource_type", "meter"),
          "node_split", List.of("method", "has_accelerators"),
          "token_prices", List.of("vendor", "model"));

  private ReferenceLists() {}

  /**
   * Returns the columns that identify what a row of a list is about. Several rows may have the same
   * key, e.g. the prices of a model over time.
   */
  public static List<String> key(String list, Collection<String> columns) {
    return KEYS.getOrDefault(list, List.of(columns.iterator().next()));
  }

  /** Whether a list of this name exists. */
  static boolean has(String list) {
    return !files(list).isEmpty();
  }

  /** Returns the columns of a list; empty if it does not exist. */
  public static Optional<List<String>> columns(String list) {
    return files(list).values().stream()
        .findFirst()
        .map(text -> List.of(text.lines().findFirst().orElse("").split(",", -1)));
  }

  /**
   * Returns the texts of the files that make up a list, e.g. {@code currencies}, by path: that of
   * the program first, then those of kinds of sources. Empty if the list does not exist.
   */
  public static Map<String, String> files(String list) {
    Map<String, String> texts = new LinkedHashMap<>();
    String shared = "conf/reference/" + list + ".csv";
    embedded("/" + shared).ifPresent(text -> texts.put(shared, text));
    texts.putAll(SourceKinds.reference(list));
    return texts;
  }

  private static Optional<String> embedded(String path) {
    try (InputStream in = ReferenceLists.class.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + path, e);
    }
  }
}
