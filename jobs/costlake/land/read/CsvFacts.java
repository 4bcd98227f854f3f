package costlake.land.read;

import costlake.core.Money;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one pass over a CSV file tells.
 *
 * @param rows data rows, good and rejected
 * @param rejected how many of them are rejected
 * @param rejects the first of those
 * @param months first of month text (YYYY-MM) of the billing period to good rows
 * @param cost sum of the absolute billed costs of the good rows, all currencies together: only good
 *     for a ratio
 * @param rejectedCost the same of the rejected rows whose cost can be read
 */
public record CsvFacts(
    CsvHeader header,
    long rows,
    long rejected,
    List<RejectedRow> rejects,
    Map<String, Long> months,
    BigDecimal cost,
    BigDecimal rejectedCost) {
  private static final int REJECTS_KEPT = 1000;
  private static final int MONTH_TEXT = 7;

  /** A row that cannot be read. */
  public record RejectedRow(long row, String reason, String raw) {}

  /**
   * Reads a file from its first byte to its last.
   *
   * @param name path of the file, for messages; {@code .gz} means compressed
   * @throws costlake.core.Failure of the data's family when the stream is broken, the header cannot
   *     be used, or a column that must be there is not
   */
  public static CsvFacts read(InputStream in, String name, Relation relation, int recordBytesMax) {
    try (RecordReader records = CsvHeader.open(in, name, recordBytesMax)) {
      CsvHeader header = CsvHeader.read(name, records);
      CsvFile file = CsvFile.of(header, relation.csv(header), recordBytesMax);
      Counter counter = new Counter(relation, header, RowReader.after(file, records));
      counter.run();
      return counter.facts(header);
    } catch (IOException e) {
      throw CsvHeader.broken(name, e);
    }
  }

  /** The billing month (YYYY-MM) of the first good row that says one; reads no further. */
  public static Optional<String> firstMonth(
      InputStream in, String name, Relation relation, int recordBytesMax) {
    try (RecordReader records = CsvHeader.open(in, name, recordBytesMax)) {
      CsvHeader header = CsvHeader.read(name, records);
      CsvFile file = CsvFile.of(header, relation.csv(header), recordBytesMax);
      int period = position(header, relation.periodColumn(header.names()));
      RowReader rows = RowReader.after(file, records);
      while (period >= 0 && rows.next()) {
        if (rows.reject() == null && !rows.absent(period)) {
          return Optional.of(records.text(period).substring(0, MONTH_TEXT));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw CsvHeader.broken(name, e);
    }
  }

  private static int position(CsvHeader header, String column) {
    return column == null ? -1 : header.names().indexOf(column);
  }

  private static final class Counter {
    private final RowReader rows;
    private final int period;
    private final int cost;
    private final Map<String, Long> months = new TreeMap<>();
    private final List<RejectedRow> rejects = new ArrayList<>();
    private String month = "";
    private long inMonth;
    private long count;
    private long rejected;
    private BigDecimal good = BigDecimal.ZERO;
    private BigDecimal bad = BigDecimal.ZERO;

    Counter(Relation relation, CsvHeader header, RowReader rows) {
      this.rows = rows;
      this.period = position(header, relation.periodColumn(header.names()));
      this.cost = position(header, relation.costColumn(header.names()));
    }

    void run() throws IOException {
      while (rows.next()) {
        count++;
        if (rows.reject() == null) {
          good = good.add(absoluteCost());
          countMonth();
        } else {
          rejected++;
          bad = bad.add(absoluteCost());
          if (rejects.size() < REJECTS_KEPT) {
            rejects.add(new RejectedRow(rows.record().line(), rows.reject(), rows.raw()));
          }
        }
      }
      months.merge(month, inMonth, Long::sum);
      months.remove("");
    }

    private BigDecimal absoluteCost() {
      RecordReader record = rows.record();
      if (cost < 0 || cost >= record.fields() || rows.absent(cost)) {
        return BigDecimal.ZERO;
      }
      return Money.parse(record.text(cost)).map(BigDecimal::abs).orElse(BigDecimal.ZERO);
    }

    private void countMonth() {
      if (period < 0 || rows.absent(period)) {
        return;
      }
      RecordReader record = rows.record();
      if (!sameMonth(record.buffer(), record.fieldStart(period))) {
        months.merge(month, inMonth, Long::sum);
        month =
            new String(
                record.buffer(), record.fieldStart(period), MONTH_TEXT, StandardCharsets.US_ASCII);
        inMonth = 0;
      }
      inMonth++;
    }

    private boolean sameMonth(byte[] b, int from) {
      if (month.length() != MONTH_TEXT) {
        return false;
      }
      for (int i = 0; i < MONTH_TEXT; i++) {
        if (b[from + i] != month.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    CsvFacts facts(CsvHeader header) {
      return new CsvFacts(header, count, rejected, rejects, months, good, bad);
    }
  }
}
