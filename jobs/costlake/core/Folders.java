package costlake.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** Copies, finds and removes local folders. */
public final class Folders {
  private Folders() {}

  /** Copies everything below a folder into another folder. Replaces existing files. */
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

  /** Returns the folder or, if it does not exist, the nearest parent folder that exists. */
  public static Path existing(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = above(existing);
    }
    return existing;
  }

  /** Returns the folder that contains a file or folder. Fails for the root of a file system. */
  public static Path above(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), path::toString);
  }

  /** Removes a folder and everything below it. Does nothing if the folder does not exist. */
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
