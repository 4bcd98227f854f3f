package costlake.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file beside its place and moves it there; its folder is made.
   *
   * @return the file
   */
  public static Path write(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.createDirectories(file.getParent());
    try {
      Files.write(aside, bytes);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
    return file;
  }
}
