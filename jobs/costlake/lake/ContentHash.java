package costlake.lake;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * Tells whether two sets of rows are the same, whatever the order of rows, columns and map entries.
 *
 * <p>A row is its 64-bit hash; a set is the count, the exclusive or, and the sums of the low and
 * the high halves, because the exclusive or alone cancels two equal rows. Null flags are hashed
 * too: without them the hash of (1, null) is that of (null, 1).
 */
public final class ContentHash {
  private static final String HASH = "x_hash";
  private static final long LOW_HALF = 0xFFFFFFFFL;
  private static final int HALF_BITS = 32;

  private ContentHash() {}

  /** For each value of a date column, a text that is equal when the rows are. */
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

  /** The same for all rows together. */
  public static String of(Dataset<Row> rows) {
    return text(
        rows.select(row(rows).as(HASH)).agg(count(lit(1)), xor(), low(), high()).first(), 0);
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
    List<Column> values = new ArrayList<>();
    Arrays.stream(rows.schema().fields())
        .sorted(Comparator.comparing(StructField::name))
        .forEach(
            field -> {
              Column value = col("`" + field.name() + "`");
              values.add(
                  field.dataType() instanceof MapType ? array_sort(map_entries(value)) : value);
              values.add(value.isNull());
            });
    return xxhash64(values.toArray(Column[]::new));
  }
}
