package costlake.build;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import costlake.config.RecordTable;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/**
 * Finds the days on which records differ between two sets of deliveries. Compares whole rows of the
 * tables of records, because a delivery may also change rows of other deliveries: an earlier
 * attempt of a job changes the numbers of the later attempts.
 */
public final class DaysOfRecords {
  /**
   * What days depend on rows.
   *
   * @param columns the columns that matter, or all others if {@code without}
   * @param days SQL for the days of a row, an array
   */
  private record Dependence(Set<String> columns, boolean without, String days) {
    boolean has(String column) {
      return columns.contains(column) != without;
    }

    static Dependence on(Set<String> columns, String days) {
      return new Dependence(columns, false, days);
    }

    static Dependence onAllBut(Set<String> columns, String days) {
      return new Dependence(columns, true, days);
    }
  }

  /**
   * The days of the hours that {@code telemetry.interval_hours} makes. An interval without hours
   * counts on its first day, so that audits find it.
   */
  private static final String DAYS_OF_INTERVAL =
      """
      if(ended_at > started_at and ended_at <= started_at + interval 400 days,
        sequence(cast(started_at as date), cast(ended_at - interval 1 microsecond as date)),
        array(cast(started_at as date)))
      """;

  /** The days on which a run can claim the hours of a workload. */
  private static final String DAYS_OF_RUN =
      """
      if(started_at is null or ended_at < started_at, array(),
        sequence(
          cast(started_at as date),
          cast(least(ended_at, started_at + interval 400 days) as date)))
      """;

  private static final String FIRST_DAY_OF_RUN =
      "array(coalesce(cast(started_at as date), delivered_for, date '1970-01-01'))";

  /** Columns by which {@code telemetry.run_hours} finds the hours of a run. */
  private static final Set<String> LINK =
      Set.of(
          "run_id", "attempt", "started_at", "ended_at", "scheduler", "cluster_id", "workload_id");

  /** The tables whose rows are compared. Runs of platforms may get another id from a tracker. */
  private static final Map<RelationName, List<Dependence>> DEPENDENCES =
      Map.of(
          RelationName.parse(RecordTable.INTERVALS.table()),
          List.of(Dependence.onAllBut(Set.of("source_id", "delivered_for"), DAYS_OF_INTERVAL)),
          RelationName.parse("telemetry.known_runs"),
          List.of(
              Dependence.on(LINK, DAYS_OF_RUN), Dependence.onAllBut(Set.of(), FIRST_DAY_OF_RUN)),
          RelationName.parse(RecordTable.REQUESTS.table()),
          List.of(
              Dependence.onAllBut(Set.of("delivered_for"), "array(cast(requested_at as date))")));

  private DaysOfRecords() {}

  /**
   * Returns the days of records that only one of the sets has, or that differ, for each relation of
   * delivered records. The configuration must be registered.
   *
   * @param before the delivered records of each relation
   * @param now the same relations with the other records
   */
  public static Map<RelationName, Set<LocalDate>> differing(
      SparkSession spark,
      Graph graph,
      Map<RelationName, Dataset<Row>> before,
      Map<RelationName, Dataset<Row>> now) {
    Map<RelationName, Set<LocalDate>> days = new HashMap<>();
    now.keySet().forEach(relation -> days.put(relation, new TreeSet<>()));
    DEPENDENCES.forEach(
        (table, dependences) -> {
          Set<RelationName> delivered = new HashSet<>(graph.inputsBehind(Set.of(table)));
          delivered.retainAll(now.keySet());
          if (!delivered.isEmpty()) {
            Dataset<Row> old = rows(spark, graph, table, before, "before");
            Dataset<Row> current = rows(spark, graph, table, now, "now");
            Set<LocalDate> differing = differing(dependences, old, current);
            delivered.forEach(
                relation ->
                    days.computeIfAbsent(relation, none -> new TreeSet<>()).addAll(differing));
          }
        });
    return days;
  }

  private static Set<LocalDate> differing(
      List<Dependence> dependences, Dataset<Row> before, Dataset<Row> now) {
    Set<LocalDate> days = new TreeSet<>();
    for (Dependence dependence : dependences) {
      days.addAll(
          SpreadDays.differing(
              contents(before, dependence, "before").union(contents(now, dependence, "now"))));
    }
    return days;
  }

  private static Dataset<Row> rows(
      SparkSession spark,
      Graph graph,
      RelationName table,
      Map<RelationName, Dataset<Row>> records,
      String side) {
    records.forEach((name, rows) -> rows.createOrReplaceTempView(view(name, side)));
    Set<RelationName> own = new HashSet<>(records.keySet());
    Set<RelationName> parts = graph.partsOf(graph.model(table));
    for (Model model : graph.order()) {
      if (parts.contains(model.name())) {
        ContractCheck.modelRows(
                spark, model, name -> own.contains(name) ? view(name, side) : name.view())
            .createOrReplaceTempView(view(model.name(), side));
        own.add(model.name());
      }
    }
    return spark.table(view(table, side));
  }

  private static String view(RelationName name, String side) {
    return side + "__" + name.view();
  }

  private static Dataset<Row> contents(Dataset<Row> rows, Dependence dependence, String side) {
    Column[] columns =
        Arrays.stream(rows.schema().fields())
            .filter(field -> dependence.has(field.name()))
            .map(DaysOfRecords::comparable)
            .toArray(Column[]::new);
    return rows.select(
        struct(columns).as("content"), expr(dependence.days()).as("days"), lit(side).as("side"));
  }

  /** Spark groups by no map, so a map is compared as text. */
  private static Column comparable(StructField field) {
    Column column = col(field.name());
    return field.dataType() instanceof MapType
        ? to_json(array_sort(map_entries(column))).as(field.name())
        : column;
  }
}
