package costlake.config;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Opens the embedded reference lists. They are in {@code conf/reference} and in the folders of the
 * kinds of sources.
 */
public final class ReferenceLists {
  private ReferenceLists() {}

  /** Whether a list of this name exists. */
  static boolean has(String list) {
    return ReferenceLists.class.getResource(path(list)) != null
        || SourceKinds.reference(list).isPresent();
  }

  private static String path(String list) {
    return "/conf/reference/" + list + ".csv";
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
