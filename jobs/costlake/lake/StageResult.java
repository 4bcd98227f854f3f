package costlake.lake;

import java.time.LocalDate;
import java.util.Set;

/**
 * Result of staging a table.
 *
 * @param rows rows staged
 * @param changed partitions whose content differs from the published night; for a whole table the
 *     single epoch day when it differs
 * @param unchanged partitions that were computed again and came out the same
 */
public record StageResult(long rows, Set<LocalDate> changed, Set<LocalDate> unchanged) {
  /** The value for a table that is replaced as a whole. */
  public static final LocalDate WHOLE = LocalDate.EPOCH;

  public StageResult {
    changed = Set.copyOf(changed);
    unchanged = Set.copyOf(unchanged);
  }
}
