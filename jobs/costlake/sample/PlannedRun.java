package costlake.sample;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of training as a tracker knows it.
 *
 * @param version version of the model that it produced; null if there is none
 * @param metric name of what it measured; null if it measured nothing
 * @param isSpot whether its capacity is interruptible; null if the tracker does not know it
 * @param resource resource of a bill that did its work; null if there is none
 * @param workload pod that did its work; null if there is none
 */
record PlannedRun(
    String id,
    String kind,
    @Nullable String parent,
    @Nullable String experiment,
    String model,
    @Nullable String version,
    String user,
    @Nullable String metric,
    @Nullable BigDecimal value,
    @Nullable Boolean isSpot,
    @Nullable String resource,
    @Nullable String workload,
    List<PlannedAttempt> attempts) {
  PlannedAttempt last() {
    return attempts.get(attempts.size() - 1);
  }

  @Nullable LocalDateTime end() {
    return last().end();
  }

  /** Whether an attempt failed and left no checkpoint that the next one resumes. */
  boolean losesAll(PlannedAttempt attempt) {
    Ending ending = attempt.ending();
    return ending.isLost() && (ending.savedH == null || attempt.equals(last()));
  }

  boolean isComplete() {
    return last().ending() == Ending.COMPLETED;
  }
}
