package costlake.compare;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import costlake.compare.Comparison.Difference;
import costlake.compare.Comparison.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of a table in two lakes. Rows that only one lake has are matched by the key of
 * the contract, to find the columns that differ. Without a key, they are matched by all columns
 * that are not money.
 */
final class TableComparison {
  /** Sums of thousands of rounded parts differ by less than this. */
  static final BigDecimal LAST_DIGITS = new BigDecimal("0.000000000000000001");

  private static final String MONEY = "decimal(38,21)";
  private static final String BEFORE = "rows before";
  private static final String AFTER = "rows after";
  private static final String COPY = "copy";
  private static final int WIDEST = 38;
  private static final int SCALE_OF_OTHERS = 15;

  private final Map<String, DataType> columns = new TreeMap<>();
  private final List<String> key;
  private final List<String> retyped = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Dataset<Row> counted;

  /**
   * Prepares to compare.
   *
   * @param key columns that identify a row; may be empty
   * @param without columns that are not compared, with the reason
   */
  TableComparison(
      Dataset<Row> before, Dataset<Row> after, List<String> key, Map<String, String> without) {
    Map<String, DataType> one = types(before, without.keySet());
    Map<String, DataType> other = types(after, without.keySet());
    one.forEach((name, type) -> add(name, type, other.get(name)));
    other.keySet().stream()
        .filter(name -> !one.containsKey(name))
        .forEach(name -> notes.add(name + ": only after"));
    without.forEach((name, reason) -> notes.add(name + ": " + reason));
    this.key = key(key);
    this.counted =
        side(before, 1, 0)
            .union(side(after, 0, 1))
            .groupBy(all())
            .agg(sum(BEFORE).as(BEFORE), sum(AFTER).as(AFTER));
  }

  private static Map<String, DataType> types(Dataset<Row> rows, Set<String> without) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> !without.contains(field.name()))
        .collect(
            Collectors.toMap(
                StructField::name, StructField::dataType, (one, other) -> one, TreeMap::new));
  }

  private void add(String name, DataType before, @Nullable DataType after) {
    if (after == null) {
      notes.add(name + ": only before");
    } else if (before.catalogString().equals(after.catalogString())) {
      columns.put(name, before);
    } else {
      retyped.add("type of %s: %s before, %s after".formatted(name, before.sql(), after.sql()));
    }
  }

  private List<String> key(List<String> ofContract) {
    return !ofContract.isEmpty() && columns.keySet().containsAll(ofContract)
        ? ofContract
        : columns.keySet().stream().filter(name -> !isMoney(name)).toList();
  }

  private boolean isMoney(String name) {
    return columns.get(name).simpleString().equals(MONEY);
  }

  private Dataset<Row> side(Dataset<Row> rows, int before, int after) {
    List<Column> selected = new ArrayList<>();
    columns.forEach((name, type) -> selected.add(comparable(name, type).as(name)));
    selected.add(lit(before).as(BEFORE));
    selected.add(lit(after).as(AFTER));
    return rows.select(selected.toArray(Column[]::new));
  }

  /** Spark neither groups by maps nor compares them. */
  private static Column comparable(String name, DataType type) {
    Column value = quoted(name);
    if (type instanceof MapType) {
      return to_json(array_sort(map_entries(value)));
    }
    return type instanceof ArrayType || type instanceof StructType ? to_json(value) : value;
  }

  private static Column quoted(String name) {
    return col("`" + name + "`");
  }

  private Column[] all() {
    return columns.keySet().stream().map(TableComparison::quoted).toArray(Column[]::new);
  }

  /** Compares the rows. */
  Comparison compare(String table) {
    Row totals =
        counted
            .agg(
                coalesce(sum(BEFORE), lit(0L)),
                coalesce(sum(AFTER), lit(0L)),
                count_if(quoted(BEFORE).notEqual(quoted(AFTER))))
            .first();
    String rows = "%d rows".formatted(totals.getLong(0));
    if (totals.getLong(0) != totals.getLong(1)) {
      rows = "%s before, %d after".formatted(rows, totals.getLong(1));
    }
    return totals.getLong(2) == 0 ? unchanged(table, rows) : changed(table, rows);
  }

  private Comparison unchanged(String table, String rows) {
    Verdict verdict = retyped.isEmpty() ? Verdict.EQUAL : Verdict.DIFFERENT;
    return new Comparison(table, verdict, rows, retyped, new TreeMap<>(), notes);
  }

  private Comparison changed(String table, String rows) {
    List<Column> figures = new ArrayList<>();
    figures.add(count_if(value(AFTER, COPY).isNull()));
    figures.add(count_if(value(BEFORE, COPY).isNull()));
    figures.add(count_if(beyondLastDigits()));
    columns
        .keySet()
        .forEach(name -> figures.addAll(List.of(count_if(differs(name)), largest(name))));
    Row found = matched().agg(lit(1), figures.toArray(Column[]::new)).first();
    return changed(table, rows, found);
  }

  private Comparison changed(String table, String rows, Row found) {
    List<String> differences = new ArrayList<>(retyped);
    count(differences, found.getLong(1), "rows only before");
    count(differences, found.getLong(2), "rows only after");
    count(
        differences,
        found.getLong(3),
        "rows with the same key that differ by more than last digits");
    SortedMap<String, Difference> different = new TreeMap<>();
    int position = 4;
    for (String name : columns.keySet()) {
      if (found.getLong(position) > 0) {
        different.put(
            name, new Difference(found.getLong(position), found.getDecimal(position + 1)));
      }
      position += 2;
    }
    Verdict verdict = differences.isEmpty() ? Verdict.LAST_DIGITS : Verdict.DIFFERENT;
    return new Comparison(table, verdict, rows, differences, different, notes);
  }

  private static void count(List<String> differences, long number, String what) {
    if (number > 0) {
      differences.add(number + " " + what);
    }
  }

  /** Returns the rows that one lake has more often, beside the row of the other with its key. */
  private Dataset<Row> matched() {
    Dataset<Row> one = surplus(BEFORE, AFTER);
    Dataset<Row> other = surplus(AFTER, BEFORE);
    Column same = value(BEFORE, COPY).equalTo(value(AFTER, COPY));
    for (String name : key) {
      same = same.and(value(BEFORE, name).eqNullSafe(value(AFTER, name)));
    }
    return one.join(other, same, "full_outer");
  }

  private Dataset<Row> surplus(String of, String over) {
    Column number = quoted(of).minus(quoted(over));
    Column[] keys = key.stream().map(TableComparison::quoted).toArray(Column[]::new);
    Dataset<Row> rows =
        counted
            .where(number.gt(0))
            .withColumn(COPY, explode(sequence(lit(1L), number)))
            .withColumn(COPY, row_number().over(Window.partitionBy(keys).orderBy(all())));
    List<Column> selected = new ArrayList<>(List.of(col(COPY).as(of + " " + COPY)));
    columns.keySet().forEach(name -> selected.add(quoted(name).as(of + " " + name)));
    return rows.select(selected.toArray(Column[]::new));
  }

  private static Column value(String side, String name) {
    return quoted(side + " " + name);
  }

  private Column differs(String name) {
    Column isPair = value(BEFORE, COPY).isNotNull().and(value(AFTER, COPY).isNotNull());
    return isPair.and(not(value(BEFORE, name).eqNullSafe(value(AFTER, name))));
  }

  private Column beyondLastDigits() {
    return columns.keySet().stream()
        .map(
            name ->
                isMoney(name)
                    ? differs(name).and(coalesce(difference(name).gt(lit(LAST_DIGITS)), lit(true)))
                    : differs(name))
        .reduce(lit(false), Column::or);
  }

  private Column largest(String name) {
    return columns.get(name) instanceof NumericType
        ? max(when(differs(name), difference(name)))
        : lit(null).cast(MONEY);
  }

  private Column difference(String name) {
    String type = exact(columns.get(name));
    return abs(value(BEFORE, name).cast(type).minus(value(AFTER, name).cast(type)));
  }

  /** Spark rounds the difference of numbers of 38 digits. One digit less is exact. */
  private static String exact(DataType type) {
    int scale = type instanceof DecimalType decimal ? decimal.scale() : SCALE_OF_OTHERS;
    return "decimal(%d,%d)".formatted(WIDEST - 1, scale);
  }
}
