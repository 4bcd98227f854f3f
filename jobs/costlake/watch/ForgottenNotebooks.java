package costlake.watch;

import java.util.List;

/** Finds notebooks that hold accelerators and do not use them. */
public final class ForgottenNotebooks implements WatchRule {
  @Override
  public List<Finding> findings(Watched watched) {
    return watched.running().stream()
        .filter(workload -> workload.isNotebook() && watched.isIdle(workload))
        .map(
            workload ->
                IdleUse.finding(
                    "forgotten notebook",
                    watched,
                    workload,
                    "Save the work and stop the notebook; its files stay if they are on a volume."))
        .toList();
  }
}
