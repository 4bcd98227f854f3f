package costlake.land;

import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.land.Recognition.Found;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds sources that are no folders of tables by the paths of their files, e.g. the database of a
 * tracker. The guides of the kinds have the patterns.
 */
final class Stores {
  /** A pattern of paths. */
  private record Pattern(SourceKind kind, String text) {
    /** The number of folders that a path has below the folder of the store. */
    int depth() {
      return (int) text.chars().filter(c -> c == '/').count();
    }

    boolean matches(Path path) {
      int names = path.getNameCount();
      return names > depth()
          && FileSystems.getDefault()
              .getPathMatcher("glob:" + text)
              .matches(path.subpath(names - depth() - 1, names));
    }

    /** Returns the file itself or, if the pattern has folders, the folder above them. */
    Path location(Path folder, Path key) {
      int names = key.getNameCount() - depth() - 1;
      if (depth() == 0) {
        return folder.resolve(key);
      }
      return names == 0 ? folder : folder.resolve(key.subpath(0, names));
    }
  }

  private Stores() {}

  private static Stream<Pattern> patterns() {
    return SourceKinds.all().stream()
        .flatMap(kind -> kind.guide().files().stream().map(text -> new Pattern(kind, text)));
  }

  static boolean isPart(String key) {
    return patterns().anyMatch(pattern -> pattern.matches(Path.of(key)));
  }

  /** Returns a file that is a store by itself. */
  static Optional<Found> file(Path file) {
    return patterns()
        .filter(pattern -> pattern.depth() == 0 && pattern.matches(file))
        .map(pattern -> new Found(file, pattern.kind(), List.of(file)))
        .findFirst();
  }

  /** Returns the stores below a folder, the outermost folder of each. */
  static List<Found> below(Path folder, List<String> keys) {
    List<Found> all =
        patterns()
            .flatMap(
                pattern ->
                    keys.stream()
                        .map(Path::of)
                        .filter(pattern::matches)
                        .map(key -> pattern.location(folder, key))
                        .distinct()
                        .map(location -> new Found(location, pattern.kind(), List.of())))
            .toList();
    return all.stream()
        .filter(one -> all.stream().noneMatch(other -> isBelow(one, other)))
        .map(one -> new Found(one.location(), one.kind(), files(one, folder, keys)))
        .toList();
  }

  private static boolean isBelow(Found one, Found other) {
    return !one.equals(other) && one.location().startsWith(other.location());
  }

  private static List<Path> files(Found store, Path folder, List<String> keys) {
    return keys.stream()
        .map(folder::resolve)
        .filter(file -> file.startsWith(store.location()))
        .toList();
  }
}
