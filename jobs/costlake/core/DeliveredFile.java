package costlake.core;

import java.io.Serializable;
import java.util.List;

/**
 * A pinned file of a delivery: a copy of a delivered file that never changes.
 *
 * @param path path of the copy
 * @param bytes size of the file
 * @param sha256 checksum in lower-case hexadecimal digits
 * @param rows number of rows (or series), without repeated rows; -1 if they were not counted
 * @param rejected number of rows that cannot be read
 * @param repeated numbers of the rows that repeat another row of the delivery; these rows are
 *     ignored
 */
public record DeliveredFile(
    String path, long bytes, String sha256, long rows, long rejected, List<Long> repeated)
    implements Serializable {
  public DeliveredFile {
    repeated = repeated == null ? List.of() : List.copyOf(repeated);
  }

  /** Creates a file without repeated rows. */
  public DeliveredFile(String path, long bytes, String sha256, long rows, long rejected) {
    this(path, bytes, sha256, rows, rejected, List.of());
  }

  /** Returns the same file with the given rows recorded as repeated and not counted. */
  public DeliveredFile without(List<Long> rowsThatRepeat) {
    return new DeliveredFile(
        path, bytes, sha256, rows - rowsThatRepeat.size(), rejected, rowsThatRepeat);
  }

  /** Returns the same file with another path. */
  public DeliveredFile at(String place) {
    return new DeliveredFile(place, bytes, sha256, rows, rejected, repeated);
  }
}
