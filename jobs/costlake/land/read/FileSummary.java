package costlake.land.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts that one pass over a delivered file collects.
 *
 * @param columns as delivered
 * @param rows data rows, good and rejected
 * @param rejected how many of them are rejected
 * @param rejects the first of those
 * @param months month (YYYY-MM) of the billing period to good rows
 * @param cost sum of the absolute billed costs of the good rows, all currencies together: only good
 *     for a ratio
 * @param rejectedCost the same of the rejected rows whose cost can be read
 * @param content the same for files of equal content, compressed or not; empty when only the bytes
 *     can be compared
 * @param keys of the good rows
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
    RowKeys keys) {

  /** A row that cannot be read. */
  public record RejectedRow(long row, String reason, String raw) {}

  public FileSummary {
    columns = List.copyOf(columns);
    rejects = List.copyOf(rejects);
    months = Map.copyOf(months);
  }

  /** Facts of a file that is no table and counts as so many rows. */
  public static FileSummary answer(long rows) {
    return new FileSummary(
        List.of(),
        rows,
        0,
        List.of(),
        Map.of(),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        "",
        new RowKeys(new RowKeyLimit(0)));
  }

  /** The month with most rows. */
  public Optional<String> month() {
    return months.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }
}
