package costlake.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the embedded reference lists. They are in {@code conf/reference} and in the folders of the
 * kinds of sources.
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
    return ReferenceLists.class.getResource(path(list)) != null
        || SourceKinds.reference(list).isPresent();
  }

  private static String path(String list) {
    return "/conf/reference/" + list + ".csv";
  }

  /** Returns the columns of a list; empty if it does not exist. */
  public static Optional<List<String>> columns(String list) {
    return open(list)
        .map(
            in -> {
              try (in) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return List.of(text.lines().findFirst().orElse("").split(",", -1));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Opens a list, e.g. {@code currencies}; empty if it does not exist. */
  public static Optional<InputStream> open(String list) {
    InputStream shared = ReferenceLists.class.getResourceAsStream(path(list));
    return shared != null
        ? Optional.of(shared)
        : SourceKinds.reference(list)
            .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
