package costlake.core;

import java.io.Serializable;
import java.util.List;

/**
 * One pinned file of a delivery.
 *
 * @param path of the pinned bytes
 * @param bytes its length
 * @param sha256 its checksum, in lower-case hexadecimal digits
 * @param rows number of rows (or series), without those that repeat another; -1 if they were not
 *     counted
 * @param rejected how many of them cannot be read
 * @param repeated numbers of rows that repeat another row of the delivery and are left out
 */
public record DeliveredFile(
    String path, long bytes, String sha256, long rows, long rejected, List<Long> repeated)
    implements Serializable {
  public DeliveredFile {
    repeated = repeated == null ? List.of() : List.copyOf(repeated);
  }

  /** A file of which no row is left out. */
  public DeliveredFile(String path, long bytes, String sha256, long rows, long rejected) {
    this(path, bytes, sha256, rows, rejected, List.of());
  }

  /** The same file without these rows. */
  public DeliveredFile without(List<Long> rowsThatRepeat) {
    return new DeliveredFile(
        path, bytes, sha256, rows - rowsThatRepeat.size(), rejected, rowsThatRepeat);
  }

  /** The same file in another place. */
  public DeliveredFile at(String place) {
    return new DeliveredFile(place, bytes, sha256, rows, rejected, repeated);
  }
}
