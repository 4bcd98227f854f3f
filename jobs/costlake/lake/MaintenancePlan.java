package costlake.lake;

import java.time.Instant;

/**
 * Limits of maintenance.
 *
 * @param expireBefore versions older than this may go, unless they are pinned
 * @param orphansBefore unknown files older than this may go
 * @param smallFileBytes smaller data files are merged
 */
record MaintenancePlan(Instant expireBefore, Instant orphansBefore, long smallFileBytes) {
  /** So many small files are worth a rewrite. */
  static final int SMALL_FILES_MIN = 5;
}
