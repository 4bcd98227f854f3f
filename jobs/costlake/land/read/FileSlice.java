package costlake.land.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a file (row groups of Parquet, blocks of Avro) that begin at an offset from {@code
 * from} to below {@code to}, in bytes.
 */
record FileSlice(long from, long to) implements Serializable {
  /** Every part. */
  static final FileSlice WHOLE = new FileSlice(0, Long.MAX_VALUE);

  /** A part that cannot be divided. */
  record Part(long start, long bytes) {}

  /** Parts in ascending order, neighbours together until they have so many bytes. */
  static List<FileSlice> of(List<Part> parts, long bytesMin) {
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

  boolean has(long start) {
    return start >= from && start < to;
  }
}
