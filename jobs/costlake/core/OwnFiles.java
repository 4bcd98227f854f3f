package costlake.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kinds of sources and pages that a user adds: the folders {@code sources} and {@code reports} of
 * the configuration folder, which are read beside those of the program.
 */
public final class OwnFiles {
  /** System property that names the configuration folder of this process. */
  public static final String PROPERTY = "costlake.conf";

  private OwnFiles() {}

  /** Names the configuration folder. Call this before anything reads kinds or pages. */
  public static void use(Path configuration) {
    System.setProperty(PROPERTY, configuration.toAbsolutePath().toString());
  }

  /** Returns the option that names the same folder to a process that this one starts. */
  public static Stream<String> option() {
    return Stream.ofNullable(System.getProperty(PROPERTY))
        .map(folder -> "-D" + PROPERTY + "=" + folder);
  }

  /** Returns a folder that the user has, e.g. {@code reports/pages}. */
  public static Optional<Path> folder(String name) {
    return path(name).filter(Files::isDirectory);
  }

  /** Returns a file that the user has, e.g. {@code sources/acme/kind.yml}. */
  public static Optional<Path> file(String name) {
    return path(name).filter(Files::isRegularFile);
  }

  private static Optional<Path> path(String name) {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(configuration -> Path.of(configuration, name));
  }
}
