package costlake.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file whose folder is made where it is not there.
   *
   * @return the file
   */
  public static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return replace(file, bytes);
  }

  /**
   * Writes a file beside its place and moves it there; its folder must be there.
   *
   * @return the file
   */
  public static Path replace(Path file, byte[] bytes) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.write(aside, bytes);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
    return file;
  }
}
