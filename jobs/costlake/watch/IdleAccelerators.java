package costlake.watch;

import java.util.List;

/** Finds workloads that hold accelerators and do not use them, except notebooks. */
public final class IdleAccelerators implements WatchRule {
  @Override
  public List<Finding> findings(Watched watched) {
    return watched.running().stream()
        .filter(workload -> !workload.isNotebook() && watched.isIdle(workload))
        .map(
            workload ->
                IdleUse.finding(
                    "idle accelerators",
                    watched,
                    workload,
                    "Stop it, or find out what it waits for."))
        .toList();
  }
}
