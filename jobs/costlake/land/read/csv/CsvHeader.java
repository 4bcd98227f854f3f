package costlake.land.read.csv;

import costlake.compress.Compression;
import costlake.core.Failure;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.ValueChecks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the header of a delivered CSV file, or names the columns of a file without a header. */
public final class CsvHeader {
  private static final int HEADER_BYTES_MAX = 4 << 20;
  private static final int UTF16_MARK_SUM = 0xFF + 0xFE;

  private CsvHeader() {}

  /**
   * Returns the column names as delivered, in order.
   *
   * @param name delivered path of the file, for messages
   * @throws Failure with exit code 3 if there is no header, if two columns have the same name, or
   *     if the file is not UTF-8
   */
  static List<String> columns(Path file, String name, FileShape shape) {
    try (RecordReader records = open(file, HEADER_BYTES_MAX)) {
      return columns(name, records, shape);
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  /** Moves to the first record, and returns the names of the columns. */
  public static List<String> columns(String path, RecordReader records, FileShape shape)
      throws IOException {
    if (!records.next()) {
      throw Failure.data(
          "Cannot read %s: the file is empty, not even a header. Deliver it again.", path);
    }
    byte[] bytes = records.buffer();
    if (records.end() - records.start() >= 2
        && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == UTF16_MARK_SUM
        && Math.abs(bytes[0] - bytes[1]) == 1
        && bytes[0] < 0) {
      throw Failure.data("Cannot read %s: it is UTF-16. Deliver it as UTF-8.", path);
    }
    if (records.problem() != null || !ValueChecks.utf8(bytes, records.start(), records.end())) {
      throw Failure.data(
          """
          Cannot read the header of %s: %s. Deliver the file as UTF-8 CSV with comma and double
          quote.
          """,
          path, records.problem() != null ? records.problem() : "it is not UTF-8");
    }
    List<String> first = texts(records);
    return shape.headless(first).orElseGet(() -> checked(path, first));
  }

  /** Returns the fields of the current record without white space around them. */
  static List<String> texts(RecordReader records) {
    return IntStream.range(0, records.fields()).mapToObj(i -> records.text(i).strip()).toList();
  }

  private static List<String> checked(String path, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw Failure.data(
            """
            Cannot read %s: the header has column '%s' twice, so its values are ambiguous. Deliver
            it again with each column once.
            """,
            path, name);
      }
      if (name.indexOf(0) >= 0) {
        throw Failure.data(
            "Cannot read %s: it contains NUL characters, as UTF-16 does. Deliver it as UTF-8.",
            path);
      }
    }
    return names;
  }

  static RecordReader open(Path file, int recordBytesMax) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return open(in, file.toString(), recordBytesMax);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  public static RecordReader open(InputStream in, String name, int recordBytesMax)
      throws IOException {
    return new RecordReader(Compression.content(name, in), recordBytesMax, Separation.of(name));
  }
}
