package costlake.land.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A format of delivered tables. */
interface Format {
  /** The ends of the names of its files, once decompressed. */
  List<String> suffixes();

  /** Whether the whole file may be compressed. */
  boolean compressible();

  /** Whether a field that is not wanted costs no reading. */
  boolean columnar();

  /** What the number of a row counts, for messages. */
  String unit();

  /**
   * The columns as delivered, in order.
   *
   * @param name where the file was delivered, for messages
   * @param recordBytesMax a longer record of a text does not count
   * @throws costlake.core.Failure with exit code 3 if the file is damaged or a column is there
   *     twice
   */
  List<String> columns(Path file, String name, int recordBytesMax);

  /** The parts that tasks read on their own. */
  List<FileSlice> slices(Path file, long bytesMin);

  /**
   * Opens a file.
   *
   * @param wanted fields that will be requested; only these and those of checks need be read
   */
  RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException;
}
