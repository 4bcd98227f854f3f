package costlake.build;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the days on which hours of records differ between two sets of deliveries. Compares whole
 * intervals, because a delivery may also change intervals of other deliveries: an earlier attempt
 * of a job changes the numbers of the later attempts.
 */
public final class IntervalDays {
  private static final RelationName INTERVALS = RelationName.parse("telemetry.intervals");

  /** Columns of {@code telemetry.intervals} that {@code telemetry.interval_hours} does not have. */
  private static final Set<String> NOT_IN_HOURS = Set.of("source_id", "delivered_for", "outcome");

  /**
   * The days of the hours that {@code telemetry.interval_hours} makes. An interval without hours
   * counts on its first day, so that audits find it.
   */
  private static final String DAYS =
      """
      if(ended_at > started_at and ended_at <= started_at + interval 400 days,
        sequence(cast(started_at as date), cast(ended_at - interval 1 microsecond as date)),
        array(cast(started_at as date)))
      """;

  private IntervalDays() {}

  /**
   * Returns the days of intervals that only one of the sets has, or that differ.
   *
   * @param before the delivered records of each relation
   * @param now the same relations with the other records
   */
  public static Set<LocalDate> differing(
      SparkSession spark,
      Graph graph,
      Map<RelationName, Dataset<Row>> before,
      Map<RelationName, Dataset<Row>> now) {
    return SpreadDays.differing(
        contents(intervals(spark, graph, before, "before"), "before")
            .union(contents(intervals(spark, graph, now, "now"), "now")));
  }

  private static Dataset<Row> intervals(
      SparkSession spark, Graph graph, Map<RelationName, Dataset<Row>> records, String side) {
    records.forEach((name, rows) -> rows.createOrReplaceTempView(view(name, side)));
    Set<RelationName> own = new HashSet<>(records.keySet());
    for (Model model : graph.order()) {
      if (Stream.concat(model.models().stream(), model.inputs().stream()).anyMatch(own::contains)) {
        Dataset<Row> rows =
            ContractCheck.modelRows(
                spark, model, name -> own.contains(name) ? view(name, side) : name.view());
        if (model.name().equals(INTERVALS)) {
          return rows;
        }
        rows.createOrReplaceTempView(view(model.name(), side));
        own.add(model.name());
      }
    }
    throw new IllegalStateException(INTERVALS + " does not read the records");
  }

  private static String view(RelationName name, String side) {
    return side + "__" + name.view();
  }

  private static Dataset<Row> contents(Dataset<Row> intervals, String side) {
    Column labels = to_json(array_sort(map_entries(col("labels"))));
    Column[] columns =
        Arrays.stream(intervals.columns())
            .filter(name -> !NOT_IN_HOURS.contains(name))
            .map(name -> name.equals("labels") ? labels.as(name) : col(name))
            .toArray(Column[]::new);
    return intervals.select(
        struct(columns).as("content"), expr(DAYS).as("days"), lit(side).as("side"));
  }
}
