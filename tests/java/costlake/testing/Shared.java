package costlake.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data that is not part of the project. Without it, the tests that need it are skipped, with
 * the reason.
 */
public final class Shared {
  private static final Path ROOT = Path.of("..", "shared").toAbsolutePath().normalize();

  private Shared() {}

  /**
   * Returns a file or folder below the shared data. If it does not exist, the calling test is
   * skipped.
   */
  public static Path path(String relative) {
    Path path = ROOT.resolve(relative);
    assumeTrue(Files.exists(path), "needs the shared data: " + relative);
    return path;
  }
}
