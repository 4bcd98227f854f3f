package costlake.land.read;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the number of row keys that are kept in memory. Counts the rows of all files that are read
 * together.
 */
public final class RowKeyLimit {
  private final AtomicLong rows = new AtomicLong();
  private final long max;

  public RowKeyLimit(long max) {
    this.max = max;
  }

  /** Counts further rows. Returns whether their keys may be kept. */
  boolean add(int more) {
    return rows.addAndGet(more) <= max;
  }
}
