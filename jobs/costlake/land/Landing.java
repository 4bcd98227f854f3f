package costlake.land;

import costlake.config.Config;
import costlake.config.Source.Kind;
import costlake.core.Delivery;
import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what sources delivered and pins it. */
public final class Landing {
  private Landing() {}

  /**
   * Deliveries of files given by hand: each kind and billing month is one, nothing is copied.
   * Folders are walked; what is no table in them is passed over.
   *
   * @param paths files and folders
   * @param kind what they are; empty means: told from the header of each
   * @throws Failure of the operator's family when nothing is there or a file is not recognised, of
   *     the data's family when one cannot be read
   */
  public static List<Delivery> adHoc(Config config, List<Path> paths, Optional<Kind> kind) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(tables(path));
    }
    return AdHoc.deliveries(config, files, kind, Instant.now(Clock.systemUTC()));
  }

  private static List<Path> tables(Path path) {
    if (!Files.exists(path)) {
      throw Failure.operator("Cannot read " + path + ": it is not there. Check the path.");
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> found =
          walk.filter(Files::isRegularFile)
              .filter(file -> Formats.table(file.toString()))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw Failure.operator(
            "Cannot read " + path + ": there is no .csv, .csv.gz or .parquet below it.");
      }
      return found;
    } catch (IOException e) {
      throw Failure.operator("Cannot list " + path + ": " + e.getMessage(), e);
    }
  }
}
