package costlake.config;

import costlake.core.FileErrors;
import costlake.core.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds files of a configuration folder that look like configuration and are not read. */
public final class UnusedFiles {
  private static final String ENVIRONMENTS = "env";
  private static final String REFERENCE = "reference";

  private UnusedFiles() {}

  /**
   * Returns a message for each YAML and CSV file that is not read. Other files, such as a README,
   * may be in the folder.
   */
  public static List<String> in(Path folder) {
    List<String> messages = new ArrayList<>();
    for (Path file : files(folder, ".yml", ".yaml")) {
      unread(file, Config.FILES).ifPresent(messages::add);
    }
    for (Path file : files(folder, ".csv")) {
      if (isReference(file)) {
        messages.add(file + " is not read. Reference lists are read from the folder reference.");
      }
    }
    for (String below : List.of(ENVIRONMENTS, UserMappingReader.FOLDER)) {
      for (Path file : files(folder.resolve(below), ".yaml")) {
        messages.add(file + " is not read. Name it .yml.");
      }
    }
    for (Path file : files(folder.resolve(REFERENCE), ".csv")) {
      if (!isReference(file)) {
        messages.add(file + " is not read. Costlake has no list of this name.");
      }
    }
    return messages;
  }

  private static boolean isReference(Path file) {
    String name = file.getFileName().toString();
    return ReferenceLists.has(name.substring(0, name.length() - ".csv".length()));
  }

  private static Optional<String> unread(Path file, List<String> known) {
    String name = file.getFileName().toString();
    return known.contains(name)
        ? Optional.empty()
        : Optional.of(
            file
                + " is not read."
                + Nearest.to(name, known)
                    .map(near -> " Rename it to " + near + ", or remove it.")
                    .orElse(
                        " Files that are read: "
                            + String.join(", ", known)
                            + ", env/NAME.yml, mappings/NAME.yml."));
  }

  static List<Path> files(Path folder, String... endings) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }
}
