package costlake.lake;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * Tells whether two sets of rows are the same, whatever their order: per partition the count and
 * the exact sum of a 64-bit hash of each row. Null flags are hashed too, because the hash of (1,
 * null) is that of (null, 1).
 */
public final class ContentHash {
  private static final String DIGITS = "decimal(38,0)";

  private ContentHash() {}

  /** For each value of a date column, a text that is equal when the rows are. */
  public static Map<LocalDate, String> byDay(Dataset<Row> rows, String column) {
    Map<LocalDate, String> hashes = new TreeMap<>();
    for (Row row :
        rows.groupBy(col(column)).agg(count(lit(1)), sum(row(rows).cast(DIGITS))).collectAsList()) {
      hashes.put(row.getDate(0).toLocalDate(), row.getLong(1) + ":" + row.getDecimal(2));
    }
    return hashes;
  }

  /** The same for all rows together. */
  public static String of(Dataset<Row> rows) {
    Row row = rows.agg(count(lit(1)), sum(row(rows).cast(DIGITS))).first();
    return row.getLong(0) + ":" + row.getDecimal(1);
  }

  private static Column row(Dataset<Row> rows) {
    List<Column> values = new ArrayList<>();
    List<Column> nulls = new ArrayList<>();
    Arrays.stream(rows.schema().fields())
        .sorted(java.util.Comparator.comparing(StructField::name))
        .forEach(
            field -> {
              Column value = col("`" + field.name() + "`");
              values.add(
                  field.dataType() instanceof MapType ? array_sort(map_entries(value)) : value);
              nulls.add(value.isNull().cast(DataTypes.StringType));
            });
    values.add(functions.concat_ws("", array(nulls.toArray(Column[]::new))));
    return xxhash64(values.toArray(Column[]::new));
  }
}
