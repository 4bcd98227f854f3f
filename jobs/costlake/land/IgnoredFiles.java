package costlake.land;

import costlake.core.Message;
import costlake.land.read.Formats;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds files that look like tables but are not read. */
final class IgnoredFiles {
  private static final int SHOWN = 5;

  private IgnoredFiles() {}

  /**
   * Returns a message that names the files that are not read, and the reason; empty if there are no
   * such files.
   */
  static Optional<String> message(Collection<String> paths) {
    List<String> ignored = paths.stream().filter(Formats::isIgnored).sorted().toList();
    if (ignored.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Message.of(
            """
            not read: %s. Only %s files are read, and no file whose name begins with _ or a dot.
            If one of these files holds charges, rename it or export it in one of these formats
            """,
            shown(ignored), Formats.READ));
  }

  /**
   * Returns a message about files in folders without a manifest; empty if there are no such files.
   */
  static Optional<String> unlisted(List<String> paths) {
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Message.of(
                """
                not read: %s. Where there are manifests, only the files that they list are read. Put
                other files into a source of their own, or remove them
                """,
                shown(paths)));
  }

  private static String shown(List<String> paths) {
    String more = paths.size() > SHOWN ? " and " + (paths.size() - SHOWN) + " more" : "";
    return String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size()))) + more;
  }
}
