package costlake.land.read;

import costlake.land.read.csv.CsvHeader;
import costlake.land.read.csv.RecordReader;
import costlake.land.read.mapping.MappedRows;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Format;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.RoundedRows;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads the columns and the rows of files with tables, whatever their format. */
public final class TableFiles {
  private static final int RECOGNISED_BYTES_MAX = 64 << 20;

  private TableFiles() {}

  /** Reads the columns of a file as delivered, in order, to recognise its kind. */
  public static List<String> columns(Path file) {
    return columns(file, RECOGNISED_BYTES_MAX, FileShape.PLAIN);
  }

  /**
   * Reads the columns of a file as delivered, in order.
   *
   * @param recordBytesMax longer records of a text format are ignored
   * @param shape where the rows of the file begin
   * @throws costlake.core.Failure with exit code 3 if the file is damaged or has a column twice
   */
  public static List<String> columns(Path file, int recordBytesMax, FileShape shape) {
    return Formats.of(file.toString()).columns(file, file.toString(), recordBytesMax, shape);
  }

  /** Reads the columns of a file while its bytes arrive; see {@link Formats#isStreamed}. */
  public static List<String> columns(
      InputStream in, String name, int recordBytesMax, FileShape shape) throws IOException {
    try (RecordReader records = CsvHeader.open(in, name, recordBytesMax)) {
      return CsvHeader.columns(name, records, shape);
    }
  }

  /**
   * Plans to read a file in the columns of its relation.
   *
   * @throws costlake.core.Failure with exit code 3 if the columns of the file do not fit the
   *     relation
   */
  public static FilePlan plan(Path file, Relation relation, int recordBytesMax) {
    String path = file.toString();
    return FilePlan.of(
        path, path, columns(file, recordBytesMax, relation), relation, recordBytesMax);
  }

  /** Divides a file into parts that separate tasks read. */
  public static List<FileSlice> slices(FilePlan plan, long bytesMin) {
    return Formats.of(plan.path()).slices(Path.of(plan.path()), bytesMin);
  }

  /**
   * Opens a file.
   *
   * @param wanted fields that will be requested; only these fields and the fields of checks are
   *     read
   */
  public static RowReader open(FilePlan plan, Set<Integer> wanted, FileSlice slice)
      throws IOException {
    Format format = Formats.of(plan.path());
    return open(plan, wanted, fields -> format.open(plan, fields, slice));
  }

  /** Opens rows. Rounds amounts, or adds the fields that a mapping computes. */
  static RowReader open(FilePlan plan, Set<Integer> wanted, MappedRows.Opener opener)
      throws IOException {
    return plan.mapping() == null
        ? RoundedRows.of(plan, opener.open(wanted))
        : MappedRows.of(plan, plan.mapping(), wanted, opener);
  }
}
