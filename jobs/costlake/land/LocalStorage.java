package costlake.land;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Folders;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder or a single file. Symbolic links to files below the folder are followed; a link to
 * another place is refused, because whoever delivers files must not choose which files of the
 * machine are read. Symbolic links to folders are not followed, unless the location itself is such
 * a link. Pipes, devices and sockets are never opened, because reading them may block forever or
 * give other bytes each time.
 */
final class LocalStorage implements Storage {
  private final Path location;
  private final Path base;
  private final boolean single;

  private LocalStorage(Path location, boolean single) {
    this.location = location;
    this.single = single;
    this.base = single ? Folders.above(location) : location;
  }

  /**
   * Opens a location.
   *
   * @param whenMissing next step for the message if the location does not exist
   * @throws Failure with exit code 2 if the location does not exist, cannot be read, or is neither
   *     a file nor a folder
   */
  static LocalStorage of(Path location, String whenMissing) {
    try {
      BasicFileAttributes found = Files.readAttributes(location, BasicFileAttributes.class);
      if (found.isOther()) {
        throw Failure.operator(
            """
            Cannot read %s: it is a pipe, a device or a socket, not a file. Write its content to a
            file and use that file.
            """,
            location);
      }
      return new LocalStorage(location, found.isRegularFile());
    } catch (NoSuchFileException e) {
      throw Failure.operator(e, "Cannot read %s: it does not exist. %s", location, whenMissing);
    } catch (IOException e) {
      throw FileErrors.of(location, e);
    }
  }

  boolean isFile() {
    return single;
  }

  @Override
  public List<Found> list() throws IOException {
    if (single) {
      return List.of(found(location.toAbsolutePath()));
    }
    Path real = base.toRealPath();
    List<Found> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(real)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        if (Files.isRegularFile(path)) {
          refuseOutside(real, path);
          found.add(found(base.resolve(real.relativize(path))));
        } else if (!Files.isDirectory(path) && Formats.data(path.toString())) {
          throw Failure.data(
              """
              Cannot read %s: it is a pipe, a device, a socket or a link to nothing, not a file.
              Remove it, or deliver the file.
              """,
              path);
        }
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileSystemException one) {
        throw FileErrors.of(one.getFile(), one);
      }
      throw e.getCause();
    }
    found.sort(Comparator.comparing(Found::key));
    return found;
  }

  private Found found(Path file) throws IOException {
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    return new Found(
        base.relativize(file).toString().replace('\\', '/'),
        Files.size(file),
        modified.toString(),
        modified);
  }

  @Override
  public InputStream open(String key) throws IOException {
    Path file = base.resolve(key);
    if (!single) {
      refuseOutside(base.toRealPath(), file);
    }
    return Files.newInputStream(file);
  }

  private static void refuseOutside(Path folder, Path file) throws IOException {
    if (!file.toRealPath().startsWith(folder)) {
      throw Failure.data(
          """
          Cannot read %s: it is a link to a file that is not below %s. Deliver the file itself, or
          set the location to the folder that has it.
          """,
          file, folder);
    }
  }

  @Override
  public String state(String key) throws IOException {
    BasicFileAttributes now = Files.readAttributes(base.resolve(key), BasicFileAttributes.class);
    return now.lastModifiedTime().toInstant() + " " + now.size() + " " + now.fileKey();
  }

  @Override
  public Optional<Path> local(String key) {
    return Optional.of(base.resolve(key));
  }

  @Override
  public String address(String key) {
    return base.resolve(key).toString();
  }

  @Override
  public void close() {}
}
