package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The path of a lake, written into its folder by its first run. Tables and journal name their files
 * by whole paths, so a folder that was copied or moved still reads, and would write, the files of
 * the old place.
 */
final class LakeLocation {
  /**
   * The content of {@code lake.json}.
   *
   * @param root absolute path of the folder, links resolved
   */
  private record Label(@JsonProperty("root") String root) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Says it, in the folder of the lake. */
  static final String FILE = "lake.json";

  private LakeLocation() {}

  /** Whether a run has begun a lake in this folder. */
  static boolean isTaken(Path root) {
    return Files.exists(root.resolve(FILE));
  }

  /**
   * Refuses a folder that was copied or moved, or is not restored yet.
   *
   * @throws Failure with exit code 2 that says where the lake was and how to move it
   */
  static void check(Path root) {
    if (Restore.isUnfinished(root)) {
      throw Failure.operator(
          "Cannot use the lake at %s: a restore to it was cut off. Run 'costlake restore' again",
          root);
    }
    if (!isTaken(root)) {
      return;
    }
    try {
      String known = JSON.readValue(root.resolve(FILE).toFile(), Label.class).root();
      String actual = root.toRealPath().toString();
      if (!known.equals(actual) && !isSame(Path.of(known), root)) {
        throw elsewhere(root.toRealPath(), known);
      }
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot read %s, which records the place of the lake: restore it from a backup",
          root.resolve(FILE));
    }
  }

  /** Whether two paths lead to one folder, as they do when it is mounted at another place too. */
  private static boolean isSame(Path known, Path root) throws IOException {
    return isTaken(known) && Files.isSameFile(known.resolve(FILE), root.resolve(FILE));
  }

  /** Writes down where the lake is, once. */
  static void claim(Path root) {
    if (!isTaken(root)) {
      write(root, root);
    }
  }

  /**
   * Writes down where the lake is going to be.
   *
   * @param folder where it is now
   */
  static void write(Path folder, Path root) {
    try {
      AtomicFile.write(
          folder.resolve(FILE), JSON.writeValueAsBytes(new Label(root.toRealPath().toString())));
    } catch (IOException e) {
      throw WriteErrors.failure("begin the lake", root.toString(), e);
    }
  }

  /** The message about a folder that was copied or moved. */
  static Failure elsewhere(Path root, String known) {
    return Failure.operator(
        """
        The lake at %s was copied or moved from %s: its tables still refer to the files there, so a
        run here would read and change them. Move it back, or restore a backup to this place
        (costlake restore --from BACKUP; docs/operations.md)
        """,
        root, known);
  }
}
