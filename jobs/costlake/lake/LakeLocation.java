package costlake.lake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.LakeConfig.Format;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records the path and the table format of a lake in its folder. Tables and journal name their
 * files by absolute paths, so a lake that was copied or moved would still read and change the files
 * at the old place. A lake that is opened in the other format would look empty.
 */
final class LakeLocation {
  /**
   * The content of {@code lake.json}.
   *
   * @param root absolute path of the folder, with symbolic links resolved
   * @param format format of the tables; null until the first run after an upgrade or a restore
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Label(
      @JsonProperty("root") String root, @JsonProperty("format") @Nullable Format format) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** File with the path, in the folder of the lake. */
  static final String FILE = "lake.json";

  private LakeLocation() {}

  /** Whether a run has created a lake in this folder. */
  static boolean isTaken(Path root) {
    return Files.exists(root.resolve(FILE));
  }

  /**
   * Refuses a folder that was copied or moved, whose restore was interrupted, or whose tables have
   * another format.
   *
   * @throws Failure with exit code 2 that says what differs and how to mend it
   */
  static void check(Path root, Format format) {
    if (Restore.isUnfinished(root)) {
      throw Failure.operator(
          "Cannot use the lake at %s: a restore to it was interrupted. Run 'costlake restore' "
              + "again",
          root);
    }
    if (!isTaken(root)) {
      return;
    }
    Label label = read(root);
    refuseElsewhere(root, label.root());
    if (label.format() != null && label.format() != format) {
      throw otherFormat(root, label.format(), format);
    }
  }

  private static Label read(Path root) {
    try {
      return JSON.readValue(root.resolve(FILE).toFile(), Label.class);
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private static Failure unreadable(Path root, IOException e) {
    return Failure.operator(
        e,
        "Cannot read %s, which records the place of the lake: restore it from a backup",
        root.resolve(FILE));
  }

  private static void refuseElsewhere(Path root, String known) {
    try {
      Path actual = root.toRealPath();
      if (!known.equals(actual.toString()) && !isSame(Path.of(known), root)) {
        throw elsewhere(actual, known);
      }
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private static Failure otherFormat(Path root, Format known, Format configured) {
    return Failure.operator(
        """
        The tables of the lake at %s are %s tables, but lake.format is %s. Set lake.format to %s, or
        set lake.root to another folder
        """,
        root, name(known), name(configured), name(known));
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /** Whether two paths lead to the same folder, e.g. because it is mounted twice. */
  private static boolean isSame(Path known, Path root) throws IOException {
    return isTaken(known) && Files.isSameFile(known.resolve(FILE), root.resolve(FILE));
  }

  /** Records the path and the format of a lake if they are not recorded yet. */
  static void claim(Path root, Format format) {
    if (!isTaken(root) || read(root).format() == null) {
      write(root, root, format);
    }
  }

  /**
   * Records the path that a lake is going to have.
   *
   * @param folder present folder of the lake
   * @param format format of the tables; null if it is unknown
   */
  static void write(Path folder, Path root, @Nullable Format format) {
    try {
      AtomicFile.write(
          folder.resolve(FILE),
          JSON.writeValueAsBytes(new Label(root.toRealPath().toString(), format)));
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
