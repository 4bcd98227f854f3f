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
 * Writes files atomically: a file is complete or absent, even after a power cut. Its bytes are
 * forced to disk before it is moved into place, and the folder after.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file whose folder is made where it is not there.
   *
   * @return the file
   */
  public static Path write(Path file, byte[] bytes) throws IOException {
    makeFolder(Folders.above(file));
    return replace(file, bytes);
  }

  /**
   * Writes a file beside its place and moves it there; its folder must exist.
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

  /** The path at which a file is written before it is moved; a process that dies may leave it. */
  public static Path aside(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".tmp");
  }

  /** Moves a file, or a folder with its content, into place; an existing file is replaced. */
  public static void move(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new Forcing(Instant.MIN));
    makeFolder(Folders.above(to));
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(Folders.above(to));
  }

  /**
   * Forces to disk what was written below a folder since a moment; nothing when it is not there.
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

  /** Makes a folder and those above it that are missing, and forces their names to disk. */
  public static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      makeFolder(Folders.above(folder));
      Files.createDirectories(folder);
      force(Folders.above(folder));
    }
  }

  /**
   * Files before the folders that name them; files that are removed in the meantime are skipped.
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
      } catch (NoSuchFileException gone) {
        // Nothing is left to force.
      }
    }
  }
}
