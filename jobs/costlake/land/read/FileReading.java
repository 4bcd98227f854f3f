package costlake.land.read;

import costlake.compress.Compression;
import costlake.land.read.csv.CsvHeader;
import costlake.land.read.csv.CsvRowReader;
import costlake.land.read.csv.RecordReader;
import costlake.land.read.csv.Separation;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Format;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a delivered file completely for the first time, to check and count its rows.
 *
 * @param recordBytesMax longer records of a text format are rejected
 * @param rejectsKept number of rejected rows of each file that are reported
 * @param keyLimit limit of the row keys in memory; all files that are read together share it
 */
public record FileReading(
    Relation relation, int recordBytesMax, int rejectsKept, RowKeyLimit keyLimit) {

  private interface Reading {
    void of(RowReader rows) throws IOException;
  }

  /** Creates a reading that only finds the month of a file. */
  public static FileReading peeking(Relation relation, int recordBytesMax) {
    return new FileReading(relation, recordBytesMax, 0, new RowKeyLimit(0));
  }

  /**
   * Reads a file while its bytes arrive; see {@link Formats#isStreamed}.
   *
   * @param name path of the file, for messages; its ending determines the compression
   * @throws costlake.core.Failure with exit code 3 if the stream is damaged, the header cannot be
   *     used, or a required column is missing
   */
  public FileSummary streamed(InputStream in, String name) {
    Checksum content = new Checksum();
    try (RecordReader records =
        new RecordReader(
            new ObservedStream(Compression.content(name, in), content),
            recordBytesMax,
            Separation.of(name))) {
      List<String> columns = CsvHeader.columns(name, records, relation);
      FilePlan plan = FilePlan.of(name, name, columns, relation, recordBytesMax);
      RowCounter counter = new RowCounter(relation, columns, keyLimit);
      counter.count(
          TableFiles.open(plan, plan.positions(), all -> new CsvRowReader(plan, records)),
          rejectsKept);
      return counter.facts(content.sum());
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /**
   * Reads a file that has been copied. In a columnar format, reads only the columns with checks,
   * and reads the first rejected rows again with all columns.
   *
   * @param name delivered path of the file, for messages
   * @throws costlake.core.Failure with exit code 3 if the file is truncated or damaged, or a
   *     required column is missing
   */
  public FileSummary stored(Path file, String name) {
    Format format = Formats.of(file.toString());
    List<String> columns = format.columns(file, name, recordBytesMax, relation);
    FilePlan plan = FilePlan.of(file.toString(), name, columns, relation, recordBytesMax);
    RowCounter counter = new RowCounter(relation, columns, keyLimit);
    Set<Integer> fields = format.columnar() ? counter.fields(plan) : plan.positions();
    boolean whole = !format.columnar();
    read(plan, name, fields, rows -> counter.count(rows, whole ? rejectsKept : 0));
    if (!whole && counter.rejected()) {
      read(plan, name, plan.positions(), rows -> counter.keep(rows, rejectsKept));
    }
    if (counter.unidentified()) {
      read(plan, name, plan.positions(), counter::identify);
    }
    return counter.facts(format.compressible() ? checksum(file, name) : "");
  }

  private static void read(FilePlan plan, String name, Set<Integer> fields, Reading reading) {
    try (RowReader rows = TableFiles.open(plan, fields, FileSlice.WHOLE)) {
      reading.of(rows);
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  private static String checksum(Path file, String name) {
    Checksum content = new Checksum();
    try (InputStream in =
        new ObservedStream(
            Compression.content(file.toString(), Files.newInputStream(file)), content)) {
      in.transferTo(OutputStream.nullOutputStream());
      return content.sum();
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /**
   * Finds the billing month (YYYY-MM) of the first good row that states a month. Reads no further
   * rows.
   */
  public Optional<String> firstMonth(InputStream in, String name) {
    try (RecordReader records = CsvHeader.open(in, name, recordBytesMax)) {
      List<String> columns = CsvHeader.columns(name, records, relation);
      FilePlan plan = FilePlan.of(name, name, columns, relation, recordBytesMax);
      return new RowCounter(relation, columns, keyLimit)
          .firstMonth(
              TableFiles.open(plan, plan.positions(), all -> new CsvRowReader(plan, records)));
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /** Finds the billing month of the first good row of a file that has been copied. */
  public Optional<String> firstMonth(Path file) {
    FilePlan plan = TableFiles.plan(file, relation, recordBytesMax);
    RowCounter counter = new RowCounter(relation, plan.columns(), keyLimit);
    try (RowReader rows = TableFiles.open(plan, counter.monthFields(), FileSlice.WHOLE)) {
      return counter.firstMonth(rows);
    } catch (IOException e) {
      throw RowReader.broken(file.toString(), e);
    }
  }
}
