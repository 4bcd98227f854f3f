package costlake.core;

import java.io.Serializable;

/**
 * One pinned file of a delivery.
 *
 * @param path where the pinned bytes lie
 * @param bytes its length
 * @param sha256 its checksum, in lower-case hexadecimal digits
 * @param rows rows (or series) it holds; -1 when nobody counted
 * @param rejected how many of them cannot be read; {@link #UNJUDGED} for Parquet that is only
 *     copied
 */
public record DeliveredFile(String path, long bytes, String sha256, long rows, long rejected)
    implements Serializable {
  /** Nobody looked at the rows yet. */
  public static final long UNJUDGED = -1;

  /** The same file, its rows judged. */
  public DeliveredFile judged(long rowsRejected) {
    return new DeliveredFile(path, bytes, sha256, rows, rowsRejected);
  }
}
