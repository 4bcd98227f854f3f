package costlake.lake;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps small tables in memory: those of a night until it ends, or those that the doctor computes.
 * The number of rows and bytes of each table is limited, and the number of bytes of all tables
 * together. What exceeds a limit is not kept; a night writes it to files and reads it from them.
 */
public final class HeldTables {
  private static final HoldLimit OF_A_TABLE = new HoldLimit(50_000, 8L << 20);
  private static final HoldLimit OF_A_PUBLISHED_TABLE = new HoldLimit(5_000, 1L << 20);
  private static final long OF_ALL_BYTES = 128L << 20;

  /**
   * If the number of rows is unknown, the rows are computed in memory only if the inputs are at
   * most this large.
   */
  private static final long UNKNOWN_BYTES = 4L << 20;

  /**
   * A table in memory.
   *
   * @param partitions partitions in memory, including those without rows; empty means all
   */
  record Held(TableSpec spec, HeldRows rows, Optional<Set<LocalDate>> partitions) {
    boolean covers(Set<LocalDate> days) {
      return partitions.map(held -> held.containsAll(days)).orElse(true);
    }
  }

  private final SparkSession spark;
  private final Map<TableName, Held> tables = new ConcurrentHashMap<>();
  private final Map<TableName, Optional<Dataset<Row>>> published = new ConcurrentHashMap<>();
  private long bytes;

  /** Keeps no table yet. */
  public HeldTables(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Computes the rows of a table and keeps them in memory if they are few. Returns empty otherwise.
   *
   * @param expected estimated number of rows, if known
   */
  Optional<HeldRows> hold(
      TableSpec spec,
      Dataset<Row> rows,
      Optional<Set<LocalDate>> partitions,
      OptionalLong expected) {
    remove(spec.name());
    if (!isLike(spec, rows.schema()) || !isWorthTrying(rows, expected)) {
      return Optional.empty();
    }
    Optional<HeldRows> few =
        ifThereIsRoom(
            HeldRows.collect(spark, spec.name().toString(), spec.partitioning(), rows, OF_A_TABLE));
    few.ifPresent(found -> tables.put(spec.name(), new Held(spec, found, partitions)));
    return few;
  }

  /**
   * Computes the rows of a query and keeps them in memory if they are few. Returns empty otherwise.
   */
  public Optional<Dataset<Row>> rows(String what, Dataset<Row> rows) {
    if (!isWorthTrying(rows, OptionalLong.empty())) {
      return Optional.empty();
    }
    return ifThereIsRoom(HeldRows.collect(spark, what, Partitioning.whole(), rows, OF_A_TABLE))
        .map(HeldRows::rows);
  }

  /**
   * Reads the rows of a published table once, and keeps them in memory if they are few. Returns
   * empty otherwise.
   *
   * @param known number of rows, if known
   * @param files reads the rows without an execution, if the format can
   */
  Optional<Dataset<Row>> published(
      TableName name,
      StructType columns,
      OptionalLong known,
      Supplier<Optional<List<InternalRow>>> files) {
    if (known.isEmpty()
        || !OF_A_PUBLISHED_TABLE.allows(
            known.getAsLong(), known.getAsLong() * columns.defaultSize())) {
      return Optional.empty();
    }
    return published.computeIfAbsent(name, table -> read(table, columns, files));
  }

  private Optional<Dataset<Row>> read(
      TableName name, StructType columns, Supplier<Optional<List<InternalRow>>> files) {
    if (isFull()) {
      return Optional.empty();
    }
    return ifThereIsRoom(
            files
                .get()
                .flatMap(
                    rows ->
                        HeldRows.copy(spark, name.toString(), rows, columns, OF_A_PUBLISHED_TABLE)))
        .map(HeldRows::rows);
  }

  private synchronized Optional<HeldRows> ifThereIsRoom(Optional<HeldRows> few) {
    Optional<HeldRows> kept = few.filter(found -> bytes + found.bytes() <= OF_ALL_BYTES);
    kept.ifPresent(found -> bytes += found.bytes());
    return kept;
  }

  private synchronized void remove(TableName name) {
    Optional.ofNullable(tables.remove(name)).ifPresent(held -> bytes -= held.rows().bytes());
  }

  /** Releases all rows. */
  synchronized void clear() {
    tables.clear();
    published.clear();
    bytes = 0;
  }

  private boolean isWorthTrying(Dataset<Row> rows, OptionalLong expected) {
    if (isFull()) {
      return false;
    }
    return expected.isPresent()
        ? OF_A_TABLE.allows(
            expected.getAsLong(), expected.getAsLong() * rows.schema().defaultSize())
        : PartitionRebalance.bytesRead(rows) <= UNKNOWN_BYTES;
  }

  private synchronized boolean isFull() {
    return bytes >= OF_ALL_BYTES;
  }

  /**
   * Whether the rows have the columns and types of the table. If not, a write would convert the
   * rows.
   */
  private static boolean isLike(TableSpec spec, StructType columns) {
    return types(spec.columns()).equals(types(columns));
  }

  private static Map<String, DataType> types(StructType columns) {
    Map<String, DataType> types = new TreeMap<>();
    Arrays.stream(columns.asNullable().fields())
        .forEach((StructField field) -> types.put(field.name(), field.dataType()));
    return types;
  }

  /** Returns the rows of a table that are in memory. */
  Optional<Held> of(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }
}
