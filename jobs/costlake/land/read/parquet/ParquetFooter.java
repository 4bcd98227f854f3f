package costlake.land.read.parquet;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.read.rows.FileSlice;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;

/** Reads columns and row groups from the footer of a Parquet file. */
final class ParquetFooter {
  private ParquetFooter() {}

  /**
   * Returns the top-level columns as delivered.
   *
   * @param name delivered path of the file, for messages
   * @throws Failure with exit code 3 if the file is truncated or is not Parquet, or if two columns
   *     differ only in letter case
   */
  static List<String> columns(Path file, String name) {
    List<String> columns =
        footer(file, name).getFileMetaData().getSchema().getFields().stream()
            .map(type -> type.getName())
            .toList();
    distinct(name, columns);
    return columns;
  }

  private static void distinct(String name, List<String> columns) {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      if (!seen.add(column)) {
        throw Failure.data(
            """
            Cannot read %s: it has column '%s' twice if letter case is ignored, so its values are
            ambiguous. Deliver it again with each column once.
            """,
            name, column);
      }
    }
  }

  /**
   * Groups neighbouring row groups into slices of at least {@code bytesMin} compressed bytes. A
   * separate task reads each slice.
   */
  static List<FileSlice> slices(Path file, long bytesMin) {
    List<BlockMetaData> groups = new ArrayList<>(footer(file, file.toString()).getBlocks());
    groups.sort(Comparator.comparingLong(BlockMetaData::getStartingPos));
    return FileSlice.of(
        groups.stream()
            .map(group -> new FileSlice.Part(group.getStartingPos(), group.getCompressedSize()))
            .toList(),
        bytesMin);
  }

  private static ParquetMetadata footer(Path file, String name) {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter();
    } catch (FileNotFoundException e) {
      throw FileErrors.of(name, e);
    } catch (IOException | RuntimeException e) {
      throw broken(name, e);
    }
  }

  private static Failure broken(String file, Exception cause) {
    return Failure.data(
        cause,
        "Cannot read %s: %s. The file is truncated or is not Parquet; deliver it again.",
        file,
        FileErrors.why(cause));
  }
}
