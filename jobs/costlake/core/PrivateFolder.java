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
 * A user's folder for the log and for working files, which no other user can read or write. Each
 * process has a subfolder for its working files. If a process is killed, its subfolder remains, and
 * the next process removes it.
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
   * Returns the folder {@code costlake-USER} below {@code parent}. Makes it if it is missing.
   *
   * @throws Failure with exit code 2 if it is a link or belongs to another user
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

  /** Finds the user of this process as the owner of a new file, because a user may have no name. */
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

  public Path path() {
    return path;
  }

  /**
   * Makes a folder for the working files of this process, and locks it until the process ends.
   * Removes the folders for working files that no process has locked.
   */
  public Work work() {
    try (FileChannel taking = open(path.resolve(LOCK))) {
      taking.lock();
      removeAbandoned();
      Path folder =
          Files.createTempDirectory(path, WORK, PosixFilePermissions.asFileAttribute(PRIVATE));
      return new Work(folder, held(folder));
    } catch (IOException e) {
      throw Failure.operator(
          e,
          """
          Cannot make a folder for working files below %s: %s. Check its permissions and the free
          space
          """,
          path,
          FileErrors.why(e));
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

  /** Removes a folder as far as possible. A later process removes the rest. */
  private static void remove(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().delete();
    }
  }

  /**
   * The folder with the working files of this process. Closing removes it.
   *
   * @param path path of the folder
   * @param lock lock file, which is open while the folder is in use
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
