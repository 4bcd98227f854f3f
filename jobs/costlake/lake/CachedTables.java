package costlake.lake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Lets Spark keep the rows of tables in memory from their first reader on, column by column. A year
 * of small bills has a file for each day, and opening files takes longer than reading their rows.
 * If memory is short, Spark drops rows and reads them from the files again.
 */
final class CachedTables {
  /** Largest size of the rows of a table, as Spark estimates it before it reads them. */
  private static final long MOST_BYTES = 256L << 20;

  private final Map<TableName, Dataset<Row>> tables = new ConcurrentHashMap<>();

  /** Returns the rows of a table. Later readers get them from memory if they are few. */
  Dataset<Row> rows(TableName table, Supplier<Dataset<Row>> read) {
    return tables.computeIfAbsent(table, name -> cached(read.get()));
  }

  private static Dataset<Row> cached(Dataset<Row> rows) {
    return PartitionRebalance.bytesRead(rows) <= MOST_BYTES
        ? rows.persist(StorageLevel.MEMORY_ONLY())
        : rows;
  }

  /** Releases the rows of a table that is about to be written. */
  void release(TableName table) {
    Dataset<Row> rows = tables.remove(table);
    if (rows != null) {
      rows.unpersist();
    }
  }

  /** Releases all rows. */
  void clear() {
    tables.keySet().forEach(this::release);
  }
}
