package costlake.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;

/** Reads the metadata in the footers of Parquet files. */
public final class Footers {
  private Footers() {}

  /**
   * Returns the column chunks of the first row group of the newest Parquet file of a table, by
   * their path in the schema.
   *
   * @param table text that the path of the file contains
   */
  public static Map<String, ColumnChunkMetaData> columns(Path folder, String table)
      throws IOException {
    Path last;
    try (Stream<Path> files = Files.walk(folder)) {
      last =
          files
              .filter(file -> file.toString().endsWith(".parquet"))
              .filter(file -> folder.relativize(file).toString().contains(table))
              .filter(file -> !file.toString().contains("_delta_log"))
              .max(Comparator.comparing(Footers::modified))
              .orElseThrow();
    }
    Map<String, ColumnChunkMetaData> columns = new TreeMap<>();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(last))) {
      reader
          .getFooter()
          .getBlocks()
          .get(0)
          .getColumns()
          .forEach(column -> columns.put(column.getPath().toDotString(), column));
    }
    return columns;
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
