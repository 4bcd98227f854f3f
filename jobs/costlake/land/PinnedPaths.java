package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Paths of pinned files: {@code <lake root>/bronze/<source>/<period>/<delivery>/}. */
final class PinnedPaths {
  private static final String UNFINISHED = ".pinning";

  /** Levels of folders from the root to a delivery. */
  private static final int DELIVERY_DEPTH = 3;

  private PinnedPaths() {}

  static Path root(Config config) {
    return Path.of(config.lake().root()).toAbsolutePath().normalize().resolve("bronze");
  }

  static Path period(Config config, Source source, LocalDate period) {
    String name =
        switch (source.sourceKind().period()) {
          case DAY -> period.toString();
          case ALL -> "all";
          case MONTH -> period.toString().substring(0, 7);
        };
    return root(config).resolve(source.id()).resolve(name);
  }

  /**
   * Creates an empty folder for files while they are copied. Removes the files of an interrupted
   * night from it.
   */
  static Path unfinished(Config config, Source source) {
    Path folder = root(config).resolve(source.id()).resolve(UNFINISHED);
    try {
      remove(folder);
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Returns the folders of all pinned deliveries. */
  static Set<Path> deliveries(Config config) {
    Path root = root(config);
    if (!Files.isDirectory(root)) {
      return Set.of();
    }
    try (Stream<Path> walk = Files.walk(root, DELIVERY_DEPTH)) {
      return walk.filter(path -> root.relativize(path).getNameCount() == DELIVERY_DEPTH)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw FileErrors.of(root, e);
    }
  }

  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(path);
        }
      }
    }
  }

  static Failure unwritable(Path path, IOException cause) {
    return Failure.internal(
        cause,
        """
        Cannot write %s: %s. Free space or correct the permissions below it and run again; nothing
        was landed, and the last publication stays in force.
        """,
        path,
        FileErrors.why(cause));
  }

  /**
   * Replaces unsafe characters, so that the name cannot point out of its folder and has no special
   * meaning in a shell.
   */
  static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._=-]", "_").replaceFirst("^[._-]+", "_");
    return plain.length() <= 120 ? plain : plain.substring(plain.length() - 120);
  }

  /** Whether this delivery counts for the source and period. */
  static boolean counts(Delivery delivery, Source source, LocalDate period) {
    return delivery.status() == Delivery.Status.CURRENT
        && delivery.sourceId().equals(source.id())
        && delivery.billingPeriod().equals(period);
  }
}
