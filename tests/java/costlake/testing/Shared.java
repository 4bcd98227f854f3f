package costlake.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data that is not part of the project; tests that need it skip, saying so. */
public final class Shared {
  private static final Path ROOT = Path.of("..", "shared").toAbsolutePath().normalize();

  private Shared() {}

  /** A file or folder below the shared data; the calling test is skipped when it is not there. */
  public static Path path(String relative) {
    Path path = ROOT.resolve(relative);
    assumeTrue(Files.exists(path), "needs the shared data: " + relative);
    return path;
  }
}
