package costlake.lake;

import costlake.core.Failure;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of a table or view that the night computed and keeps in memory. */
public final class HeldRows {
  /**
   * Largest number of tasks. Each task collects rows up to the limit, so the driver receives at
   * most this many times the limit.
   */
  private static final int MOST_TASKS = 8;

  private final SparkSession spark;
  private final StructType columns;
  private final Partitioning partitioning;
  private final Map<LocalDate, List<UnsafeRow>> byPartition = new TreeMap<>();
  private final long bytes;

  private HeldRows(
      SparkSession spark,
      String what,
      Partitioning partitioning,
      StructType columns,
      List<UnsafeRow> rows) {
    this.spark = spark;
    this.columns = columns;
    this.partitioning = partitioning;
    this.bytes = rows.stream().mapToLong(UnsafeRow::getSizeInBytes).sum();
    refuseNoPartition(what, rows);
    rows.forEach(row -> byPartition.computeIfAbsent(day(row), day -> new ArrayList<>()).add(row));
  }

  private void refuseNoPartition(String what, List<UnsafeRow> rows) {
    if (partitioning.isWhole()) {
      return;
    }
    int place = columns.fieldIndex(partitioning.dateColumn());
    long without = rows.stream().filter(row -> row.isNullAt(place)).count();
    if (without > 0) {
      throw Failure.data(
          "Cannot stage %s: %d rows have no value in %s, the partition column",
          what, without, partitioning.dateColumn());
    }
  }

  private LocalDate day(UnsafeRow row) {
    return partitioning.isWhole()
        ? StageResult.WHOLE
        : LocalDate.ofEpochDay(row.getInt(columns.fieldIndex(partitioning.dateColumn())));
  }

  /**
   * Computes the rows of a query, and stops if they exceed the limit.
   *
   * @param what name of the table, for messages
   * @return empty if the rows exceed the limit
   */
  static Optional<HeldRows> collect(
      SparkSession spark,
      String what,
      Partitioning partitioning,
      Dataset<Row> rows,
      HoldLimit limit) {
    StructType columns = rows.schema().asNullable();
    return PlannedRows.of(rows)
        .map(planned -> copied(planned, columns, limit))
        .orElseGet(() -> executed(what, rows, columns, limit))
        .map(found -> new HeldRows(spark, what, partitioning, columns, found));
  }

  /** Copies rows that are in memory. Returns empty if they exceed the limit. */
  static Optional<HeldRows> copy(
      SparkSession spark,
      String what,
      List<InternalRow> rows,
      StructType columns,
      HoldLimit limit) {
    return copied(rows, columns, limit)
        .map(found -> new HeldRows(spark, what, Partitioning.whole(), columns, found));
  }

  private static Optional<List<UnsafeRow>> copied(
      List<InternalRow> planned, StructType columns, HoldLimit limit) {
    List<UnsafeRow> rows = new ArrayList<>();
    new Limited(planned.iterator(), columns, limit).forEachRemaining(rows::add);
    return Optional.of(rows).filter(limit::allows);
  }

  private static Optional<List<UnsafeRow>> executed(
      String what, Dataset<Row> rows, StructType columns, HoldLimit limit) {
    QueryExecution query = ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
    return SQLExecution.withNewExecutionId(
        query,
        Option.apply("hold " + what),
        () -> collect(query.toRdd().toJavaRDD(), columns, limit));
  }

  private static Optional<List<UnsafeRow>> collect(
      JavaRDD<InternalRow> rows, StructType columns, HoldLimit limit) {
    if (rows.getNumPartitions() > MOST_TASKS) {
      return Optional.empty();
    }
    return Optional.of(rows.mapPartitions(some -> new Limited(some, columns, limit)).collect())
        .filter(limit::allows);
  }

  /** Copies rows until the limit is exceeded. */
  private static final class Limited implements Iterator<UnsafeRow>, Serializable {
    private static final long serialVersionUID = 1L;

    private final Iterator<InternalRow> rows;
    private final UnsafeProjection copy;
    private final HoldLimit limit;
    private long seen;
    private long bytes;

    Limited(Iterator<InternalRow> rows, StructType columns, HoldLimit limit) {
      this.rows = rows;
      this.copy = UnsafeProjection.create(columns);
      this.limit = limit;
    }

    @Override
    public boolean hasNext() {
      return limit.allows(seen, bytes) && rows.hasNext();
    }

    @Override
    public UnsafeRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      UnsafeRow row = copy.apply(rows.next()).copy();
      seen++;
      bytes += row.getSizeInBytes();
      return row;
    }
  }

  /** Returns the size of the rows. */
  long bytes() {
    return bytes;
  }

  /** Returns the number of rows of each partition that has rows. */
  Map<LocalDate, Long> counts() {
    Map<LocalDate, Long> counts = new TreeMap<>();
    byPartition.forEach((day, rows) -> counts.put(day, (long) rows.size()));
    return counts;
  }

  /** Returns the content hash of each partition. */
  Map<LocalDate, String> hashes() {
    return partitioning.isWhole()
        ? Map.of(StageResult.WHOLE, ContentHash.ofInMemory(rows()))
        : ContentHash.byDayInMemory(rows(), partitioning.dateColumn());
  }

  /** Returns all rows as a relation in memory. */
  Dataset<Row> rows() {
    return relation(byPartition.values().stream().flatMap(List::stream).toList());
  }

  /** Returns the rows of these partitions or, for a table without partitions, all rows. */
  Dataset<Row> rows(Set<LocalDate> days) {
    return partitioning.isWhole() ? rows() : relation(of(days));
  }

  private List<UnsafeRow> of(Collection<LocalDate> days) {
    return days.stream()
        .sorted()
        .flatMap(day -> byPartition.getOrDefault(day, List.of()).stream())
        .toList();
  }

  private Dataset<Row> relation(List<? extends InternalRow> rows) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) spark,
        new LocalRelation(
            seq(CollectionConverters.asJava(DataTypeUtils.toAttributes(columns))),
            seq(rows),
            false,
            Option.empty()));
  }

  private static <T> Seq<T> seq(List<? extends T> values) {
    return CollectionConverters.asScala(List.<T>copyOf(values)).toSeq();
  }

  /** Whether Java compares the values of these columns for equality as SQL does. */
  public boolean canCompare(Collection<String> names) {
    return Arrays.stream(places(names))
        .mapToObj(place -> columns.apply(place).dataType())
        .noneMatch(HeldRows::isNotComparable);
  }

  private static boolean isNotComparable(DataType type) {
    return !(type instanceof AtomicType)
        || type instanceof BinaryType
        || (type instanceof FractionalType && !(type instanceof DecimalType));
  }

  /**
   * Counts rows in which at least one required column is null.
   *
   * @param days partitions to check; empty means all
   */
  public long countWithoutRequired(Collection<String> required, Optional<Set<LocalDate>> days) {
    int[] places = places(required);
    return rowsOf(days).stream()
        .filter(row -> Arrays.stream(places).anyMatch(row::isNullAt))
        .count();
  }

  /**
   * Counts rows that repeat the key of an earlier row.
   *
   * @param days partitions to check; empty means all
   */
  public long countRepeatedKeys(Collection<String> key, Optional<Set<LocalDate>> days) {
    int[] places = places(key);
    Set<List<@Nullable Object>> known = new HashSet<>();
    return rowsOf(days).stream().filter(row -> !known.add(values(row, places))).count();
  }

  private List<UnsafeRow> rowsOf(Optional<Set<LocalDate>> days) {
    return of(partitioning.isWhole() ? byPartition.keySet() : days.orElseGet(byPartition::keySet));
  }

  private int[] places(Collection<String> names) {
    return names.stream().mapToInt(columns::fieldIndex).toArray();
  }

  private List<@Nullable Object> values(UnsafeRow row, int[] places) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int place : places) {
      values.add(row.isNullAt(place) ? null : row.get(place, columns.apply(place).dataType()));
    }
    return values;
  }
}
