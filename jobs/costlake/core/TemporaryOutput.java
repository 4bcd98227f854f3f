package costlake.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary file or folder beside the output. It is moved into place when it is complete;
 * otherwise it is removed.
 */
public final class TemporaryOutput implements AutoCloseable {
  private final Path output;
  private final Path aside;

  private TemporaryOutput(Path output, Path aside) {
    this.output = output;
    this.aside = aside;
  }

  /** Removes what an earlier run left. */
  public static TemporaryOutput of(Path output) {
    try {
      Files.createDirectories(output.getParent());
      Path aside = output.resolveSibling("." + output.getFileName() + ".partial");
      TemporaryOutput place = new TemporaryOutput(output, aside);
      place.close();
      return place;
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot write below %s: %s", output.getParent(), FileErrors.why(e));
    }
  }

  /** Returns the path to write. */
  public Path path() {
    return aside;
  }

  /** Returns the path that it is moved to. */
  public Path output() {
    return output;
  }

  /** Moves the files into place, without the marker files that Hadoop writes. */
  public void keep() {
    try {
      for (Path mark : marks()) {
        Files.delete(mark);
      }
      Files.move(aside, output, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot write %s: %s", output, FileErrors.why(e));
    }
  }

  private List<Path> marks() throws IOException {
    if (!Files.isDirectory(aside)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(aside)) {
      return files
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return name.startsWith(".") || name.startsWith("_");
              })
          .toList();
    }
  }

  @Override
  public void close() {
    sweep(aside);
  }

  /** Removes a file or folder, if there is one. */
  public static void sweep(Path path) {
    try {
      Folders.remove(path);
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot remove %s: %s", path, FileErrors.why(e));
    }
  }
}
