package costlake.land;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import costlake.config.Config;
import costlake.config.Source.Kind;
import costlake.core.Delivery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** Digests of the rows of a charge day that do not depend on their order, file or place. */
final class DayDigests {
  private static final Map<Kind, Column> DAYS =
      Map.of(
          Kind.AWS_CUR, substring(col("line_item_usage_start_date"), 1, 10),
          Kind.FOCUS, substring(col("ChargePeriodStart"), 1, 10),
          Kind.BENEFITS, col("month").cast("string"));
  private static final Set<String> PLACES =
      Set.of("_source_id", "_delivery_id", "_source_file", "_file_no", "_row");
  private static final long LOW_HALF = 0xFFFFFFFFL;

  /** Count, xor and the sums of both halves of the rows' hashes. */
  private record Digest(long rows, long xor, long low, long high) {}

  private DayDigests() {}

  static Set<LocalDate> changed(
      SparkSession spark, Config config, Optional<Delivery> before, Delivery after) {
    if (before.isEmpty()) {
      return days(spark, config, after);
    }
    Map<LocalDate, Digest> old = digests(spark, config, before.get());
    Map<LocalDate, Digest> now = digests(spark, config, after);
    Set<LocalDate> days = new TreeSet<>(old.keySet());
    days.addAll(now.keySet());
    days.removeIf(day -> Objects.equals(old.get(day), now.get(day)));
    return days;
  }

  private static Set<LocalDate> days(SparkSession spark, Config config, Delivery delivery) {
    Kind kind = SourceKinds.kind(delivery.kind());
    Set<LocalDate> days = new TreeSet<>();
    Bronze.rows(spark, config, delivery)
        .select(DAYS.get(kind))
        .distinct()
        .collectAsList()
        .forEach(row -> days.add(LocalDate.parse(row.getString(0))));
    return days;
  }

  private static Map<LocalDate, Digest> digests(
      SparkSession spark, Config config, Delivery delivery) {
    Kind kind = SourceKinds.kind(delivery.kind());
    Dataset<Row> rows = Bronze.rows(spark, config, delivery);
    Column hash = xxhash64(columns(rows).toArray(Column[]::new));
    Map<LocalDate, Digest> digests = new HashMap<>();
    rows.select(Objects.requireNonNull(DAYS.get(kind)).as("day"), hash.as("hash"))
        .groupBy("day")
        .agg(
            count(lit(1)),
            bit_xor(col("hash")),
            sum(col("hash").bitwiseAND(LOW_HALF)),
            sum(shiftrightunsigned(col("hash"), 32)))
        .collectAsList()
        .forEach(
            row ->
                digests.put(
                    LocalDate.parse(row.getString(0)),
                    new Digest(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))));
    return digests;
  }

  private static List<Column> columns(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (PLACES.contains(field.name())) {
        continue;
      }
      Column column = col(field.name());
      if (field.dataType() instanceof MapType) {
        columns.add(coalesce(to_json(array_sort(map_entries(column))), lit("\u0000")));
      } else if (field.dataType() instanceof StringType) {
        columns.add(coalesce(column, lit("\u0000")));
      } else {
        columns.add(coalesce(column.cast("string"), lit("\u0000")));
      }
    }
    return columns;
  }
}
