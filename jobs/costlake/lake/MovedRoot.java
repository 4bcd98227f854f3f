package costlake.lake;

import java.util.Optional;
import java.util.Set;

/**
 * The former and the new path of a lake that is restored to another place.
 *
 * @param from former paths of the lake
 * @param to new path of the lake
 */
record MovedRoot(Set<String> from, String to) {
  MovedRoot {
    from = Set.copyOf(from);
  }

  /** Finds the former path of the lake that contains a file. */
  Optional<String> above(String file) {
    return from.stream().filter(root -> file.startsWith(root + "/")).findFirst();
  }

  /** Returns the new path of a file of the lake. Returns other paths unchanged. */
  String moved(String file) {
    return above(file).map(root -> to + file.substring(root.length())).orElse(file);
  }
}
