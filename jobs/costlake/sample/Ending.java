package costlake.sample;

import org.jspecify.annotations.Nullable;

/** How an attempt of a run ends. */
enum Ending {
  COMPLETED("COMPLETED", "completed", 1, false),
  RUNNING("RUNNING", "running", null, false),
  /** The provider took the capacity back some hours after a checkpoint. */
  PREEMPTED("PREEMPTED", "preempted", 6, true),
  PREEMPTED_UNSAVED("PREEMPTED", "preempted", null, true),
  FAILED("FAILED", "failed", 4, true),
  FAILED_UNSAVED("FAILED", "failed", null, true),
  /** Its node went away. */
  NODE_LOST("NODE_FAIL", "failed", null, true),
  CANCELLED("CANCELLED", "stopped", null, true);

  /** The word of the tracker. */
  final String outcome;

  final String status;

  /** How many hours before the end the last checkpoint was; null if there is no checkpoint. */
  final @Nullable Integer savedH;

  private final boolean isLost;

  Ending(String outcome, String status, @Nullable Integer savedH, boolean isLost) {
    this.outcome = outcome;
    this.status = status;
    this.savedH = savedH;
    this.isLost = isLost;
  }

  /** Returns how much of the work of an attempt is lost, in hours. */
  long lostH(long workedH) {
    if (!isLost) {
      return 0;
    }
    return savedH == null ? workedH : savedH;
  }

  boolean isLost() {
    return isLost;
  }
}
