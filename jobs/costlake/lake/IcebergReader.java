package costlake.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.data.SparkParquetReaders;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Reads the rows of a small Iceberg table into memory. Uses Iceberg's reader of Spark rows, but no
 * Spark job.
 */
final class IcebergReader {
  private final Table table;
  private final Schema schema;
  private final List<InternalRow> rows = new ArrayList<>();

  private IcebergReader(Table table, Schema schema) {
    this.table = table;
    this.schema = schema;
  }

  /**
   * Returns all rows of a snapshot, with the columns that the table had then. Returns empty if rows
   * of its files are deleted by other files, which Costlake does not write.
   */
  static Optional<List<InternalRow>> read(Table table, long snapshot) {
    IcebergReader reader = new IcebergReader(table, SnapshotUtil.schemaFor(table, snapshot));
    try (CloseableIterable<FileScanTask> files =
        table.newScan().useSnapshot(snapshot).planFiles()) {
      for (FileScanTask file : files) {
        if (!file.deletes().isEmpty()) {
          return Optional.empty();
        }
        reader.add(file);
      }
      return Optional.of(reader.rows);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + table.name(), e);
    }
  }

  private void add(FileScanTask file) throws IOException {
    try (CloseableIterable<InternalRow> read =
        Parquet.read(table.io().newInputFile(file.file().location()))
            .project(schema)
            .createReaderFunc(type -> SparkParquetReaders.buildReader(schema, type))
            .build()) {
      read.forEach(rows::add);
    }
  }
}
