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

  /** A message that names the files and the reason; empty if there are none. */
  static Optional<String> message(Collection<String> paths) {
    List<String> ignored = paths.stream().filter(Formats::isIgnored).sorted().toList();
    if (ignored.isEmpty()) {
      return Optional.empty();
    }
    String more = ignored.size() > SHOWN ? " and " + (ignored.size() - SHOWN) + " more" : "";
    return Optional.of(
        Message.of(
            """
            not read: %s%s. Only %s files are read, and no file whose name begins with _ or a dot.
            If one of these files holds charges, rename it or export it in one of these formats
            """,
            String.join(", ", ignored.subList(0, Math.min(SHOWN, ignored.size()))),
            more,
            Formats.READ));
  }
}
