package costlake.land.read;

import java.io.Serializable;

/**
 * The row groups of a file whose middle is at an offset from {@code from} to below {@code to}, in
 * bytes.
 */
record ParquetSlice(long from, long to) implements Serializable {
  /** Every row group. */
  static final ParquetSlice WHOLE = new ParquetSlice(0, Long.MAX_VALUE);
}
