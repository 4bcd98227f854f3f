package costlake.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows in memory into files of an Iceberg table, one for each partition. Uses the writer and
 * the settings that Spark uses, but no Spark job: planning, starting and committing a job takes
 * longer than writing a small table.
 */
final class IcebergRows {
  private final Table table;
  private final StructType columns;
  private final OutputFileFactory names;
  private final List<String> begun = new ArrayList<>();

  private IcebergRows(Table table) {
    this.table = table;
    this.columns = SparkSchemaUtil.convert(table.schema()).asNullable();
    this.names =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .operationId(UUID.randomUUID().toString())
            .build();
  }

  /**
   * Adds rows to a table in one commit. If it fails, removes the files that it wrote, unless the
   * commit may have succeeded.
   *
   * @param rows a relation in memory
   * @param adding returns an update of the table that adds files
   */
  static void commit(
      Table table, Dataset<Row> rows, Function<List<DataFile>, SnapshotUpdate<?>> adding) {
    IcebergRows writer = new IcebergRows(table);
    SnapshotUpdate<?> update = null;
    try {
      update = adding.apply(writer.written(rows));
      update.commit();
    } catch (RuntimeException | Error e) {
      if (update == null || e instanceof CleanableFailure) {
        writer.remove();
      }
      throw e;
    }
  }

  private List<DataFile> written(Dataset<Row> rows) {
    try {
      return files(rows.select(selected()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + table.name(), e);
    }
  }

  /** Returns the columns of the table, with its types. */
  private Column[] selected() {
    return Arrays.stream(columns.fields())
        .map(field -> functions.col("`" + field.name() + "`").cast(field.dataType()))
        .toArray(Column[]::new);
  }

  private List<DataFile> files(Dataset<Row> rows) throws IOException {
    Map<StructLike, List<InternalRow>> partitions = new LinkedHashMap<>();
    for (InternalRow row : PlannedRows.of(rows).orElseThrow()) {
      partitions.computeIfAbsent(partition(row), partition -> new ArrayList<>()).add(row);
    }
    List<DataFile> files = new ArrayList<>();
    for (var partition : partitions.entrySet()) {
      files.add(file(partition.getKey(), partition.getValue()));
    }
    return files;
  }

  private StructLike partition(InternalRow row) {
    PartitionSpec spec = table.spec();
    PartitionData partition = new PartitionData(spec.partitionType());
    if (spec.isPartitioned()) {
      int place = columns.fieldIndex(spec.fields().get(0).name());
      partition.set(0, row.isNullAt(place) ? null : row.getInt(place));
    }
    return partition;
  }

  private DataFile file(StructLike partition, List<InternalRow> rows) throws IOException {
    DataWriter<InternalRow> writer = writer(partition);
    try (writer) {
      rows.forEach(writer::write);
    }
    return writer.toDataFile();
  }

  private DataWriter<InternalRow> writer(StructLike partition) throws IOException {
    EncryptedOutputFile file =
        table.spec().isPartitioned()
            ? names.newOutputFile(table.spec(), partition)
            : names.newOutputFile();
    begun.add(file.encryptingOutputFile().location());
    return Parquet.writeData(file)
        .forTable(table)
        .withPartition(partition)
        .createWriterFunc((schema, type) -> SparkParquetWriters.buildWriter(schema, type, columns))
        .build();
  }

  private void remove() {
    CatalogUtil.deleteFiles(table.io(), begun, "data", false);
  }
}
