package costlake.land.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of reading a delivered file completely.
 *
 * @param columns columns as delivered
 * @param rows number of data rows, good and rejected
 * @param rejected number of rejected rows
 * @param rejects the first rejected rows
 * @param months number of good rows in each month (YYYY-MM) of the billing period
 * @param cost sum of the absolute billed costs of the good rows, of all currencies; used only for a
 *     ratio
 * @param rejectedCost the same sum for the rejected rows whose cost can be read
 * @param content checksum of the decompressed content of a text format; empty for a binary format,
 *     e.g. Parquet
 * @param keys hashes of the good rows
 * @param skipped rows that a mapping leaves out, by the condition that they meet
 * @param rounded good rows whose cost was rounded, and the sum of what was cut off
 * @param readAsUtc good rows with a time without an offset whose zone nobody stated
 */
public record FileSummary(
    List<String> columns,
    long rows,
    long rejected,
    List<RejectedRow> rejects,
    Map<String, Long> months,
    BigDecimal cost,
    BigDecimal rejectedCost,
    String content,
    RowKeys keys,
    Map<String, RowsAndCost> skipped,
    RowsAndCost rounded,
    long readAsUtc) {

  /** A row that cannot be read. */
  public record RejectedRow(long row, String reason, String raw) {}

  /** A number of rows with the sum of their costs. */
  public record RowsAndCost(long rows, BigDecimal cost) {
    static final RowsAndCost NONE = new RowsAndCost(0, BigDecimal.ZERO);

    /** Adds both. */
    public RowsAndCost plus(RowsAndCost other) {
      return new RowsAndCost(rows + other.rows, cost.add(other.cost));
    }
  }

  public FileSummary {
    skipped = Map.copyOf(skipped);
    columns = List.copyOf(columns);
    rejects = List.copyOf(rejects);
    months = Map.copyOf(months);
  }

  /** Returns the summary of a file that is not a table, with this number of rows. */
  public static FileSummary withoutTable(long rows) {
    return new FileSummary(
        List.of(),
        rows,
        0,
        List.of(),
        Map.of(),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        "",
        new RowKeys(new RowKeyLimit(0)),
        Map.of(),
        RowsAndCost.NONE,
        0);
  }

  /** Returns the month with the most rows. */
  public Optional<String> month() {
    return months.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }
}
