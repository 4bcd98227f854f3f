package costlake.watch;

import costlake.config.Config;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a watch knows.
 *
 * @param running workloads that hold accelerators now
 * @param runs runs with a running workload
 * @param free accelerators that nobody held in any of the hours that the watch reads
 * @param past what runs of each project cost, by project
 * @param used what quotas of a period count so far, by id: hours or money, partly estimated
 */
public record Watched(
    Config config,
    Instant at,
    List<Workload> running,
    List<RunningRun> runs,
    List<Free> free,
    Map<String, PastRuns> past,
    Map<String, BigDecimal> used) {
  public Watched {
    running = List.copyOf(running);
    runs = List.copyOf(runs);
    free = List.copyOf(free);
    past = Map.copyOf(past);
    used = Map.copyOf(used);
  }

  /**
   * Accelerators of one model in a cluster that nobody held.
   *
   * @param count whole accelerators
   * @param cost what they cost since then; null if the price is unknown
   */
  public record Free(String cluster, String model, int count, Instant since, @Nullable Cost cost) {}

  /**
   * What ended runs of a project cost.
   *
   * @param runs number of these runs with a known cost
   * @param most cost of the costliest
   */
  public record PastRuns(long runs, Cost most) {
    /** Adds others; of another currency than the first, they do not count. */
    PastRuns and(PastRuns others) {
      if (!most.currency().equals(others.most.currency())) {
        return this;
      }
      return new PastRuns(runs + others.runs, others.most.isAbove(most) ? others.most : most);
    }
  }

  /** Returns the UTC day. */
  public LocalDate day() {
    return Window.day(at);
  }

  /** Returns the time without use after which accelerators count as idle. */
  public Duration idleAfter() {
    return Duration.ofHours(config.watch().idleHours());
  }

  /** Whether a workload has held accelerators long enough and hardly used them. */
  public boolean isIdle(Workload workload) {
    return !workload.since().isAfter(at.minus(idleAfter()))
        && workload
            .recent()
            .utilisation()
            .filter(used -> used.compareTo(config.watch().idleUtilisationMax()) <= 0)
            .isPresent();
  }
}
