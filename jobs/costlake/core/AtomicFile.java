package costlake.core;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Writes files atomically: a file is complete or absent, even after a power cut. Forces the bytes
 * to disk, moves the file into place, and then forces the folder to disk.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file. Makes its folder if the folder is missing.
   *
   * @return the file
   */
  public static Path write(Path file, byte[] bytes) throws IOException {
    makeFolder(Folders.above(file));
    return replace(file, bytes);
  }

  /**
   * Writes a temporary file beside the file and moves it into place. The folder must exist.
   *
   * @return the file
   */
  public static Path replace(Path file, byte[] bytes) throws IOException {
    Path aside = aside(file);
    try {
      Files.write(aside, bytes);
      move(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
    return file;
  }

  /**
   * Returns the path of the temporary file for a file. A process that is killed may leave the
   * temporary file.
   */
  public static Path aside(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  /** Moves a file, or a folder with its content, into place. Replaces an existing file. */
  public static void move(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new Forcing(Instant.MIN));
    makeFolder(Folders.above(to));
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(Folders.above(to));
  }

  /**
   * Forces to disk everything below a folder that was written since a point in time. Does nothing
   * if the folder does not exist.
   */
  public static void forceNewer(Path below, Instant since) throws IOException {
    if (Files.exists(below)) {
      Files.walkFileTree(below, new Forcing(since));
    }
  }

  /** Forces a file, or the entries of a folder, to disk. */
  public static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes a folder and its missing parent folders, and forces their names to disk. */
  public static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      makeFolder(Folders.above(folder));
      Files.createDirectories(folder);
      force(Folders.above(folder));
    }
  }

  /**
   * Forces files to disk, and then the folders that contain them. Skips files that are removed in
   * the meantime.
   */
  private static final class Forcing extends SimpleFileVisitor<Path> {
    private final Instant since;

    Forcing(Instant since) {
      this.since = since;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()) {
        forceIfNew(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      forceIfNew(folder);
      return super.postVisitDirectory(folder, e);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      return e instanceof NoSuchFileException
          ? FileVisitResult.CONTINUE
          : super.visitFileFailed(file, e);
    }

    private void forceIfNew(Path path) throws IOException {
      try {
        if (!Files.getLastModifiedTime(path).toInstant().isBefore(since)) {
          force(path);
        }
      } catch (NoSuchFileException removed) {
        // A removed file need not be forced.
      }
    }
  }
}
