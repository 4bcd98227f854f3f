package costlake.land.read;

import costlake.core.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
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
        new RowKeys(new RowsRead(0)));
  }

  /**
   * Reads a CSV file from its first byte to its last.
   *
   * @param name path of the file, for messages; {@code .gz} means compressed
   * @param rejectsKept number of rejected rows that are reported
   * @param read counts the rows of this file and of those that are read with it
   * @throws costlake.core.Failure with exit code 3 if the stream is broken, the header cannot be
   *     used, or a column that must be there is not
   */
  public static FileSummary csv(
      InputStream in,
      String name,
      Relation relation,
      int recordBytesMax,
      int rejectsKept,
      RowsRead read) {
    Checksum content = new Checksum();
    try (RecordReader records =
        new RecordReader(new ObservedStream(Gzip.content(name, in), content), recordBytesMax)) {
      List<String> columns = CsvHeader.columns(name, records);
      FilePlan file = FilePlan.of(name, name, columns, relation, recordBytesMax);
      RowCounter counter = new RowCounter(relation, columns, read);
      counter.count(new CsvRowReader(file, records), rejectsKept);
      return counter.facts(content.sum());
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /**
   * Reads the columns of a Parquet file that decide which rows are rejected, and the first rejected
   * rows once more with all columns.
   *
   * @param name where it was delivered, for messages
   * @param rejectsKept number of rejected rows that are reported
   * @param read counts the rows of this file and of those that are read with it
   * @throws costlake.core.Failure with exit code 3 if the file is truncated or damaged, or a column
   *     that must be there is not
   */
  public static FileSummary parquet(
      Path file, String name, Relation relation, int rejectsKept, RowsRead read) {
    List<String> columns = ParquetFooter.columns(file, name);
    FilePlan plan = FilePlan.of(file.toString(), name, columns, relation, 0);
    RowCounter counter = new RowCounter(relation, columns, read);
    try (RowReader rows = ParquetRowReader.open(plan, counter.fields(plan), ParquetSlice.WHOLE)) {
      counter.count(rows, 0);
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
    if (counter.rejected()) {
      readWhole(plan, name, rows -> counter.keep(rows, rejectsKept));
    }
    if (counter.unidentified()) {
      readWhole(plan, name, counter::identify);
    }
    return counter.facts("");
  }

  private interface Reading {
    void of(RowReader rows) throws IOException;
  }

  private static void readWhole(FilePlan plan, String name, Reading reading) {
    try (RowReader rows = ParquetRowReader.open(plan, plan.positions(), ParquetSlice.WHOLE)) {
      reading.of(rows);
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /** The billing month (YYYY-MM) of the first good row that has one; reads no further. */
  public static Optional<String> firstMonth(
      InputStream in, String name, Relation relation, int recordBytesMax) {
    try (RecordReader records = CsvHeader.open(in, name, recordBytesMax)) {
      List<String> columns = CsvHeader.columns(name, records);
      FilePlan file = FilePlan.of(name, name, columns, relation, recordBytesMax);
      return new RowCounter(relation, columns, new RowsRead(0))
          .firstMonth(new CsvRowReader(file, records));
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /** The billing month of the first good row of a Parquet file. */
  public static Optional<String> firstMonth(Path parquet, Relation relation) {
    String name = parquet.toString();
    List<String> columns = ParquetFooter.columns(parquet, name);
    FilePlan plan = FilePlan.of(name, name, columns, relation, 0);
    RowCounter counter = new RowCounter(relation, columns, new RowsRead(0));
    try (RowReader rows = ParquetRowReader.open(plan, counter.monthFields(), ParquetSlice.WHOLE)) {
      return counter.firstMonth(rows);
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /** The month with most rows. */
  public Optional<String> month() {
    return months.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }
}
