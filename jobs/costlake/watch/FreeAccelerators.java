package costlake.watch;

import java.util.List;

/** Finds accelerators of clusters that nobody held in any of the last hours. */
public final class FreeAccelerators implements WatchRule {
  @Override
  public List<Finding> findings(Watched watched) {
    return watched.free().stream().map(free -> finding(free, watched)).toList();
  }

  private static Finding finding(Watched.Free free, Watched watched) {
    return new Finding(
        "free accelerators",
        free.cluster() + "/" + free.model(),
        null,
        free.since(),
        free.cost(),
        "At least %d %s were held by nobody in the last %d hours."
            .formatted(free.count(), free.model(), watched.idleAfter().toHours()),
        "Remove nodes, or let a queue start more work on them.");
  }
}
