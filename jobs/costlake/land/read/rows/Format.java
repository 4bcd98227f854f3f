package costlake.land.read.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file format of delivered tables. */
public interface Format {
  /** Returns the endings of file names, without the ending of a compression. */
  List<String> suffixes();

  /** Whether files of the format may be compressed as a whole. */
  boolean compressible();

  /** Whether single columns can be read without the others. */
  boolean columnar();

  /** Returns the unit of the row numbers, line or row, for messages. */
  String unit();

  /**
   * Reads the names of the columns as delivered, in order.
   *
   * @param name place where the file was delivered, for messages
   * @param recordBytesMax longer records of a text format are ignored
   * @param shape where the rows of the file begin
   * @throws costlake.core.Failure with exit code 3 if the file is damaged or has a column twice
   */
  List<String> columns(Path file, String name, int recordBytesMax, FileShape shape);

  /** Divides a file into parts that separate tasks can read. */
  List<FileSlice> slices(Path file, long bytesMin);

  /**
   * Opens a part of a file.
   *
   * @param wanted positions of the fields to read, in addition to the fields of checks
   */
  RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException;
}
