package costlake.sample;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a run. Times are UTC, on the hour.
 *
 * @param end null if it still runs
 * @param acceleratorH accelerator hours that the cluster gave it; null if it was elsewhere
 */
record PlannedAttempt(
    int number,
    LocalDateTime start,
    @Nullable LocalDateTime end,
    Ending ending,
    @Nullable Long acceleratorH) {
  private static final int FIRST_CHECKPOINT_H = 5;

  /** Returns the times of its checkpoints: one early on, if there is time, and the last one. */
  List<LocalDateTime> checkpoints() {
    if (end == null || ending.savedH == null) {
      return List.of();
    }
    List<LocalDateTime> times = new ArrayList<>();
    LocalDateTime last = end.minusHours(ending.savedH);
    LocalDateTime first = start.plusHours(FIRST_CHECKPOINT_H);
    if (first.isBefore(last)) {
      times.add(first);
    }
    times.add(last);
    return times;
  }

  /** Returns the hours between start and end; null if it still runs. */
  @Nullable Long workedH() {
    return end == null ? null : Duration.between(start, end).toHours();
  }

  /** Returns the hours of work that were lost; null if it still runs. */
  @Nullable Long lostH() {
    Long worked = workedH();
    return worked == null ? null : ending.lostH(worked);
  }
}
