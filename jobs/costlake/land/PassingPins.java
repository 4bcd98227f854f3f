package costlake.land;

import costlake.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The deliveries that are pinned from now on, and that will be removed again. */
public final class PassingPins {
  private final Config config;
  private final Set<Path> before;

  /** Remembers the deliveries that are pinned now; they stay. */
  public PassingPins(Config config) {
    this.config = config;
    this.before = PinnedPaths.deliveries(config);
  }

  /** Removes the deliveries that were pinned since this was created. */
  public void remove() {
    for (Path delivery : PinnedPaths.deliveries(config)) {
      if (!before.contains(delivery)) {
        remove(delivery);
      }
    }
  }

  private static void remove(Path delivery) {
    try {
      PinnedPaths.remove(delivery);
    } catch (IOException e) {
      throw PinnedPaths.unwritable(delivery, e);
    }
  }
}
