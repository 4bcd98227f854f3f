package costlake.lake;

import java.util.Optional;
import java.util.Set;

/**
 * The place of a lake that is restored elsewhere.
 *
 * @param from paths of the place that it had
 * @param to path of the one that it gets
 */
record MovedRoot(Set<String> from, String to) {
  MovedRoot {
    from = Set.copyOf(from);
  }

  /** The path of the old place that contains a file. */
  Optional<String> above(String file) {
    return from.stream().filter(root -> file.startsWith(root + "/")).findFirst();
  }

  /** The new path of a file of the old place; other paths stay as they are. */
  String moved(String file) {
    return above(file).map(root -> to + file.substring(root.length())).orElse(file);
  }
}
