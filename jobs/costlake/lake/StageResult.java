package costlake.lake;

import java.time.LocalDate;
import java.util.Set;

/**
 * Result of staging a table.
 *
 * @param rows number of staged rows
 * @param changed partitions that differ from the published partitions; {@link #WHOLE} if a table
 *     that is replaced as a whole differs
 * @param unchanged partitions that were computed again and are equal to the published partitions
 */
public record StageResult(long rows, Set<LocalDate> changed, Set<LocalDate> unchanged) {
  /** The only partition of a table that is replaced as a whole. */
  public static final LocalDate WHOLE = LocalDate.EPOCH;

  public StageResult {
    changed = Set.copyOf(changed);
    unchanged = Set.copyOf(unchanged);
  }
}
