package costlake.core;

/**
 * A delivered row that does not count, because it could not be read or repeats another row.
 *
 * @param file path of the file, as in {@link DeliveredFile#path()}
 * @param row in a CSV file, the number of the line on which the record starts (the header is line
 *     1); in a Parquet file, the number of the row, from 1
 * @param reason why the row does not count, with the wrong value or the row that it repeats
 * @param raw beginning of the row as delivered
 */
public record Reject(
    String sourceId, String deliveryId, String file, long row, String reason, String raw) {}
