package costlake.config;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lists that travel with the program: of {@code conf/reference}, and of kinds of sources. */
public final class ReferenceLists {
  private ReferenceLists() {}

  /** Whether there is a list of that name. */
  static boolean has(String list) {
    return ReferenceLists.class.getResource(path(list)) != null
        || SourceKinds.reference(list).isPresent();
  }

  private static String path(String list) {
    return "/conf/reference/" + list + ".csv";
  }

  /** The content of a list such as {@code currencies}; empty if there is none. */
  public static Optional<InputStream> open(String list) {
    InputStream shared = ReferenceLists.class.getResourceAsStream(path(list));
    return shared != null
        ? Optional.of(shared)
        : SourceKinds.reference(list)
            .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
