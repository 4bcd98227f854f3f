package costlake.lake;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares two sets of rows by hash. The order of rows, columns, fields and map entries does not
 * matter; the order of array elements does.
 *
 * <p>Each row has a 64-bit hash. The hash of a set is the row count, the exclusive or of the row
 * hashes, and the sums of their low and high halves, because the exclusive or alone cancels two
 * equal rows.
 *
 * <p>{@code xxhash64} skips nulls and does not count the elements of an array, at every depth. So
 * each value is hashed together with a flag that says whether it is null, each field of a struct is
 * a value of its own, and each array and map is hashed as the hashes of its elements and their
 * number.
 */
public final class ContentHash {
  private static final String HASH = "x_hash";
  private static final long LOW_HALF = 0xFFFFFFFFL;
  private static final int HALF_BITS = 32;
  private static final String EMPTY = "0:null:null:null";

  private ContentHash() {}

  /** Returns the hash of the rows for each value of a date column. Equal rows have equal hashes. */
  public static Map<LocalDate, String> byDay(Dataset<Row> rows, String column) {
    Map<LocalDate, String> hashes = new TreeMap<>();
    Dataset<Row> hashed = rows.select(col("`" + column + "`"), row(rows).as(HASH));
    for (Row row :
        hashed
            .groupBy(col("`" + column + "`"))
            .agg(count(lit(1)), xor(), low(), high())
            .collectAsList()) {
      hashes.put(row.getDate(0).toLocalDate(), text(row, 1));
    }
    return hashes;
  }

  /** Returns the hash of all rows together. */
  public static String of(Dataset<Row> rows) {
    return text(
        rows.select(row(rows).as(HASH)).agg(count(lit(1)), xor(), low(), high()).first(), 0);
  }

  /** Returns the same hashes as {@link #byDay} for rows in memory, without an execution. */
  static Map<LocalDate, String> byDayInMemory(Dataset<Row> rows, String column) {
    Map<LocalDate, Sums> sums = new TreeMap<>();
    PlannedRows.collect(rows.select(col("`" + column + "`"), row(rows)))
        .forEach(
            row ->
                sums.computeIfAbsent(row.getDate(0).toLocalDate(), day -> new Sums())
                    .add(row.getLong(1)));
    Map<LocalDate, String> hashes = new TreeMap<>();
    sums.forEach((day, sum) -> hashes.put(day, sum.text()));
    return hashes;
  }

  /** Returns the same hash as {@link #of} for rows in memory, without an execution. */
  static String ofInMemory(Dataset<Row> rows) {
    Sums sums = new Sums();
    PlannedRows.collect(rows.select(row(rows))).forEach(row -> sums.add(row.getLong(0)));
    return sums.text();
  }

  /** Computes for rows in memory the sums that Spark computes in {@link #byDay}. */
  private static final class Sums {
    private long count;
    private long xor;
    private long low;
    private long high;

    void add(long hash) {
      count++;
      xor ^= hash;
      low += hash & LOW_HALF;
      high += hash >>> HALF_BITS;
    }

    String text() {
      return count == 0 ? EMPTY : count + ":" + xor + ":" + low + ":" + high;
    }
  }

  /** Returns the row count that is part of a hash. */
  static long rows(String hash) {
    return Long.parseLong(hash.substring(0, hash.indexOf(':')));
  }

  private static String text(Row row, int from) {
    return row.get(from)
        + ":"
        + row.get(from + 1)
        + ":"
        + row.get(from + 2)
        + ":"
        + row.get(from + 3);
  }

  private static Column xor() {
    return bit_xor(col(HASH));
  }

  private static Column low() {
    return sum(col(HASH).bitwiseAND(lit(LOW_HALF)));
  }

  private static Column high() {
    return sum(shiftrightunsigned(col(HASH), HALF_BITS));
  }

  private static Column row(Dataset<Row> rows) {
    return hash(fields(rows.schema(), name -> col("`" + name + "`")));
  }

  private static Column hash(Stream<Column> values) {
    return xxhash64(values.toArray(Column[]::new));
  }

  private static Stream<Column> fields(StructType type, Function<String, Column> field) {
    return Arrays.stream(type.fields())
        .sorted(Comparator.comparing(StructField::name))
        .flatMap(f -> values(field.apply(f.name()), f.dataType()));
  }

  private static Stream<Column> values(Column value, DataType type) {
    return Stream.concat(content(value, type), Stream.of(value.isNull()));
  }

  /** Returns the flat values that together determine a value that is not null. */
  private static Stream<Column> content(Column value, DataType type) {
    if (type instanceof StructType struct) {
      return fields(struct, value::getField);
    }
    if (type instanceof ArrayType array) {
      return counted(transform(value, element -> hash(values(element, array.elementType()))));
    }
    if (type instanceof MapType map) {
      return counted(sort_array(transform(map_entries(value), entry -> entry(entry, map))));
    }
    return Stream.of(value);
  }

  private static Column entry(Column entry, MapType map) {
    return hash(
        Stream.concat(
            content(entry.getField("key"), map.keyType()),
            values(entry.getField("value"), map.valueType())));
  }

  private static Stream<Column> counted(Column hashes) {
    return Stream.of(hashes, size(hashes));
  }
}
