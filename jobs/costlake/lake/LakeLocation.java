package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records the path of a lake in its folder. Tables and journal name their files by absolute paths,
 * so a lake that was copied or moved would still read and change the files at the old place.
 */
final class LakeLocation {
  /**
   * The content of {@code lake.json}.
   *
   * @param root absolute path of the folder, with symbolic links resolved
   */
  private record Label(@JsonProperty("root") String root) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** File with the path, in the folder of the lake. */
  static final String FILE = "lake.json";

  private LakeLocation() {}

  /** Whether a run has created a lake in this folder. */
  static boolean isTaken(Path root) {
    return Files.exists(root.resolve(FILE));
  }

  /**
   * Refuses a folder that was copied or moved, or whose restore was interrupted.
   *
   * @throws Failure with exit code 2 that says where the lake was and how to move it
   */
  static void check(Path root) {
    if (Restore.isUnfinished(root)) {
      throw Failure.operator(
          "Cannot use the lake at %s: a restore to it was interrupted. Run 'costlake restore' "
              + "again",
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

  /** Whether two paths lead to the same folder, e.g. because it is mounted twice. */
  private static boolean isSame(Path known, Path root) throws IOException {
    return isTaken(known) && Files.isSameFile(known.resolve(FILE), root.resolve(FILE));
  }

  /** Records the path of a lake if it is not recorded yet. */
  static void claim(Path root) {
    if (!isTaken(root)) {
      write(root, root);
    }
  }

  /**
   * Records the path that a lake is going to have.
   *
   * @param folder present folder of the lake
   */
  static void write(Path folder, Path root) {
    try {
      AtomicFile.write(
          folder.resolve(FILE), JSON.writeValueAsBytes(new Label(root.toRealPath().toString())));
    } catch (IOException e) {
      throw WriteErrors.failure("begin the lake", root.toString(), e);
    }
  }

  /** Returns the failure for a folder that was copied or moved. */
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
