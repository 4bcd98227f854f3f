package costlake.core;

/**
 * A delivered row that could not be read.
 *
 * @param file path of the file, as in {@link DeliveredFile#path()}
 * @param row line of a CSV file on which the record starts (the header is line 1), or number of a
 *     Parquet row from 1
 * @param reason why, with the value
 * @param raw start of the row as delivered
 */
public record Reject(
    String sourceId, String deliveryId, String file, long row, String reason, String raw) {}
