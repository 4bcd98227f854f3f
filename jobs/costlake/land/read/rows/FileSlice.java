package costlake.land.read.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a file (row groups of Parquet, blocks of Avro) whose first byte is at an offset from
 * {@code from} (inclusive) to {@code to} (exclusive).
 */
public record FileSlice(long from, long to) implements Serializable {
  /** All parts of the file. */
  public static final FileSlice WHOLE = new FileSlice(0, Long.MAX_VALUE);

  /** A row group or a block. */
  public record Part(long start, long bytes) {}

  /**
   * Groups neighbouring parts, given in ascending order, into slices of at least {@code bytesMin}
   * bytes. The last slice may be smaller.
   */
  public static List<FileSlice> of(List<Part> parts, long bytesMin) {
    List<FileSlice> slices = new ArrayList<>();
    long from = 0;
    long bytes = 0;
    for (Part part : parts) {
      if (bytes >= bytesMin) {
        slices.add(new FileSlice(from, part.start()));
        from = part.start();
        bytes = 0;
      }
      bytes += part.bytes();
    }
    slices.add(new FileSlice(from, Long.MAX_VALUE));
    return slices;
  }

  public boolean has(long start) {
    return start >= from && start < to;
  }
}
