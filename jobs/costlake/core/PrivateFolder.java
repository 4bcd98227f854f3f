package costlake.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one user for the log and for working files, which nobody else can read or write.
 * Each process has a folder for its working files below it; those of a killed process are removed
 * by the next one.
 */
public final class PrivateFolder {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final String NAMELESS = "?";
  private static final String WORK = "work-";
  private static final String LOCK = "lock";

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /**
   * The folder {@code costlake-USER} below another, made when it is missing.
   *
   * @throws Failure with exit code 2 if it is a link, or belongs to somebody else
   */
  public static PrivateFolder below(Path parent) {
    Path path = parent;
    try {
      UserPrincipal user = user(parent);
      path = parent.resolve("costlake-" + name(user));
      make(path, user);
      return new PrivateFolder(path);
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot make the private folder %s: check the permissions and the free space of %s",
          path,
          parent);
    }
  }

  /** The user of this process, as files know it; a user may have no name. */
  private static UserPrincipal user(Path parent) throws IOException {
    Path file = Files.createTempFile(parent, ".costlake", null);
    try {
      return Files.getOwner(file);
    } finally {
      Files.delete(file);
    }
  }

  private static String name(UserPrincipal user) {
    String name = System.getProperty("user.name");
    return name.equals(NAMELESS) ? user.getName() : name;
  }

  private static void make(Path path, UserPrincipal user) throws IOException {
    try {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException e) {
      refuseForeign(path, user);
      Files.setPosixFilePermissions(path, PRIVATE);
    }
  }

  private static void refuseForeign(Path path, UserPrincipal user) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(path, "is a link or a file, not a folder");
    }
    UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(user)) {
      throw refused(path, "belongs to " + owner.getName());
    }
  }

  private static Failure refused(Path path, String why) {
    return Failure.operator(
        """
        %s %s, so other users could read or change working files. Remove it, or set another folder
        for temporary files: COSTLAKE_JAVA_OPTS=-Djava.io.tmpdir=DIR
        """,
        path, why);
  }

  /** Its path. */
  public Path path() {
    return path;
  }

  /**
   * A folder for the working files of this process, locked until the process ends. Folders that no
   * process has locked are removed.
   */
  public Work work() {
    try (FileChannel taking = open(path.resolve(LOCK))) {
      taking.lock();
      removeAbandoned();
      Path folder =
          Files.createTempDirectory(path, WORK, PosixFilePermissions.asFileAttribute(PRIVATE));
      return new Work(folder, held(folder));
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot make a folder for working files below %s", path);
    }
  }

  private void removeAbandoned() throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(path)) {
      folders = found.filter(folder -> folder.getFileName().toString().startsWith(WORK)).toList();
    }
    for (Path folder : folders) {
      if (isAbandoned(folder)) {
        remove(folder);
      }
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    try (FileChannel channel = open(folder.resolve(LOCK));
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static FileChannel held(Path folder) throws IOException {
    FileChannel channel = open(folder.resolve(LOCK));
    channel.lock();
    return channel;
  }

  /** Removes what can be removed; a later process removes the rest. */
  private static void remove(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().delete();
    }
  }

  /**
   * Working files of this process; closing removes them.
   *
   * @param path their folder
   * @param lock open as long as they are in use
   */
  public record Work(Path path, FileChannel lock) implements AutoCloseable {
    @Override
    public void close() {
      remove(path);
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot release " + path, e);
      }
    }
  }
}
