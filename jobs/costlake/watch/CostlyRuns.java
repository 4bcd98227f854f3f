package costlake.watch;

import java.util.List;
import java.util.Optional;

/** Finds runs that cost more already than any earlier run of their project. */
public final class CostlyRuns implements WatchRule {
  /** Fewer runs do not say what runs of a project cost. */
  private static final int RUNS_MIN = 3;

  @Override
  public List<Finding> findings(Watched watched) {
    return watched.runs().stream().flatMap(run -> finding(run, watched).stream()).toList();
  }

  private static Optional<Finding> finding(RunningRun run, Watched watched) {
    return Optional.ofNullable(run.project())
        .map(watched.past()::get)
        .filter(past -> past.runs() >= RUNS_MIN && run.isAbove(past.most()))
        .map(past -> finding(run, past));
  }

  private static Finding finding(RunningRun run, Watched.PastRuns past) {
    String what =
        "The costliest of %d earlier runs of project %s cost %s."
            .formatted(past.runs(), run.project(), past.most());
    return new Finding(
        "costly run",
        run.id(),
        run.team(),
        run.since(),
        run.soFar(),
        what,
        "Ask whether it still learns, and stop it if not.");
  }
}
