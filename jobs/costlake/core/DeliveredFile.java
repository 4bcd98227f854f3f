package costlake.core;

import java.io.Serializable;

/**
 * One pinned file of a delivery.
 *
 * @param path where the pinned bytes lie
 * @param bytes its length
 * @param sha256 its checksum, in lower-case hexadecimal digits
 * @param rows rows (or series) it holds; -1 when nobody counted
 * @param rejected how many of them cannot be read
 */
public record DeliveredFile(String path, long bytes, String sha256, long rows, long rejected)
    implements Serializable {}
