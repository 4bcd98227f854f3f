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
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.config.SourceRole;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Compares the rows of two deliveries day by day, by digests that do not depend on the order, file
 * or position of the rows.
 */
final class DayDigests {
  private static final Set<String> PLACES =
      Set.of("_source_id", "_delivery_id", "_source_file", "_file_no", "_row");
  private static final long LOW_HALF = 0xFFFFFFFFL;

  /** The number of rows, the xor of their hashes, and the sums of the halves of the hashes. */
  private record Digest(long rows, long xor, long low, long high) {}

  private DayDigests() {}

  /** Returns the days whose rows differ, by relation. */
  static Map<SourceRelation, Set<LocalDate>> changed(
      SparkSession spark, Config config, Optional<Delivery> before, Delivery after) {
    return before
        .filter(old -> !old.kind().equals(after.kind()))
        .map(old -> everyDay(spark, config, List.of(old, after)))
        .orElseGet(() -> changedOfOneKind(spark, config, before, after));
  }

  /**
   * Returns all days of the deliveries for each relation. Used for deliveries of different kinds:
   * their rows cannot be compared, and the charges of the new delivery replace all charges of the
   * earlier delivery.
   */
  private static Map<SourceRelation, Set<LocalDate>> everyDay(
      SparkSession spark, Config config, List<Delivery> deliveries) {
    Set<LocalDate> days = new TreeSet<>();
    Map<SourceRelation, Set<LocalDate>> every = new HashMap<>();
    for (Delivery delivery : deliveries) {
      for (SourceRelation relation : SourceKinds.of(delivery.kind()).relations()) {
        if (!relation.role(SourceRole.DAY).isEmpty()) {
          days.addAll(days(spark, config, relation, Optional.empty(), delivery));
          every.put(relation, days);
        }
      }
    }
    return every;
  }

  private static Map<SourceRelation, Set<LocalDate>> changedOfOneKind(
      SparkSession spark, Config config, Optional<Delivery> before, Delivery after) {
    List<SourceRelation> relations = SourceKinds.of(after.kind()).relations();
    Map<SourceRelation, Set<LocalDate>> changed = new HashMap<>();
    for (SourceRelation relation : relations) {
      if (!relation.role(SourceRole.DAY).isEmpty()) {
        changed.put(relation, changed(spark, config, relation, before, after));
      }
    }
    boolean others =
        relations.stream()
            .filter(relation -> relation.role(SourceRole.DAY).isEmpty())
            .anyMatch(relation -> differs(spark, config, relation, before, after));
    if (others) {
      changed.replaceAll((relation, days) -> days(spark, config, relation, before, after));
    }
    return changed;
  }

  private static Set<LocalDate> changed(
      SparkSession spark,
      Config config,
      SourceRelation relation,
      Optional<Delivery> before,
      Delivery after) {
    if (before.isEmpty()) {
      return days(spark, config, relation, before, after);
    }
    Map<String, Digest> old = digests(spark, config, relation, before.get());
    Map<String, Digest> now = digests(spark, config, relation, after);
    Set<String> days = new TreeSet<>(old.keySet());
    days.addAll(now.keySet());
    days.removeIf(day -> Objects.equals(old.get(day), now.get(day)));
    return days.stream().map(LocalDate::parse).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether the rows of a relation without days, e.g. a list of prices, differ. */
  private static boolean differs(
      SparkSession spark,
      Config config,
      SourceRelation relation,
      Optional<Delivery> before,
      Delivery after) {
    return before.isPresent()
        && !digests(spark, config, relation, before.get())
            .equals(digests(spark, config, relation, after));
  }

  private static Set<LocalDate> days(
      SparkSession spark,
      Config config,
      SourceRelation relation,
      Optional<Delivery> before,
      Delivery after) {
    Set<LocalDate> days = new TreeSet<>();
    Stream.concat(before.stream(), Stream.of(after))
        .forEach(
            delivery ->
                Bronze.rows(spark, config, relation, delivery)
                    .select(day(relation))
                    .distinct()
                    .collectAsList()
                    .forEach(row -> days.add(LocalDate.parse(row.getString(0)))));
    return days;
  }

  private static Column day(SourceRelation relation) {
    return relation.role(SourceRole.DAY).isEmpty()
        ? lit("")
        : substring(RoleColumns.of(relation, SourceRole.DAY), 1, 10);
  }

  private static Map<String, Digest> digests(
      SparkSession spark, Config config, SourceRelation relation, Delivery delivery) {
    Dataset<Row> rows = Bronze.rows(spark, config, relation, delivery);
    Column hash = xxhash64(columns(rows).toArray(Column[]::new));
    Map<String, Digest> digests = new HashMap<>();
    rows.select(day(relation).as("day"), hash.as("hash"))
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
                    row.getString(0),
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
