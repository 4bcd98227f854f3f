package costlake.watch;

import java.util.List;
import java.util.Optional;

/** Finds runs that cost more already than was approved. */
public final class BeyondApproval implements WatchRule {
  @Override
  public List<Finding> findings(Watched watched) {
    return watched.runs().stream().flatMap(run -> finding(run, watched).stream()).toList();
  }

  private static Optional<Finding> finding(RunningRun run, Watched watched) {
    return Optional.ofNullable(watched.approved().get(run.id()))
        .filter(run::isAbove)
        .map(
            approved ->
                new Finding(
                    "beyond approval",
                    run.id(),
                    run.team(),
                    run.since(),
                    run.soFar(),
                    "%s were approved.".formatted(approved),
                    "Stop it, or ask who approved it whether it may go on."));
  }
}
