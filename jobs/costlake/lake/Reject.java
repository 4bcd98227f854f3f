package costlake.lake;

/**
 * A delivered row that could not be read exactly.
 *
 * @param row number of the record in its file, from 1 without the header
 * @param raw the row as delivered, when it is text
 */
public record Reject(
    String sourceId, String deliveryId, String file, long row, String reason, String raw) {}
