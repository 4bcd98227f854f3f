package costlake.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** Whole folders of local files. */
public final class Folders {
  private Folders() {}

  /** Copies everything below a folder into another one; a file there is replaced. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(
              file,
              target,
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** The folder, or the nearest one above it that exists. */
  public static Path existing(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = above(existing);
    }
    return existing;
  }

  /**
   * The folder that a file or folder is in. The root of a disk is in none: do not call this for it.
   */
  public static Path above(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), path::toString);
  }

  /** Removes a folder and everything below it; does nothing where it does not exist. */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
