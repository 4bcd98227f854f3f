package costlake.lake;

import java.time.Instant;

/**
 * Limits of maintenance.
 *
 * @param expireBefore expire versions older than this, unless they are pinned
 * @param orphansBefore remove unknown files older than this
 * @param smallFileBytes merge data files smaller than this
 */
record MaintenancePlan(Instant expireBefore, Instant orphansBefore, long smallFileBytes) {
  /** Files are merged only if there are at least this many. */
  static final int SMALL_FILES_MIN = 5;
}
