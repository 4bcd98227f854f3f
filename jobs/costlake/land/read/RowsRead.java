package costlake.land.read;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the rows of files that are read together; of more than so many no keys are kept. */
public final class RowsRead {
  private final AtomicLong rows = new AtomicLong();
  private final long max;

  public RowsRead(long max) {
    this.max = max;
  }

  /** Counts more rows; whether keys of them may be kept. */
  boolean add(int more) {
    return rows.addAndGet(more) <= max;
  }
}
