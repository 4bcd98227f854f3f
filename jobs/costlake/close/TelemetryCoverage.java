package costlake.close;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Computes how much of a month the telemetry of each cluster covers: the share of days with
 * telemetry, times the share of accelerator time that was measured on these days. If no device of a
 * node reports, all accelerators of the node count as not measured. If devices report, their time
 * counts and not the capacity of the node, because time-slicing multiplies the capacity. For a
 * cluster without accelerators, the time of its nodes counts.
 */
final class TelemetryCoverage {
  private static final String NEXT =
      ". Deliver what is missing and run 'costlake night', or set"
          + " close.telemetry_coverage_ratio_min lower where a cluster began or ended within the"
          + " month";
  private static final String[] NODE_DAY = {"cluster_id", "node_id", "usage_date"};
  private static final String REPORTS = "reports";

  private final YearMonth month;
  private final Map<String, Map<LocalDate, Day>> devices;
  private final Map<String, Map<LocalDate, Day>> nodes;

  /**
   * The time of the devices or of the nodes of a cluster on one day.
   *
   * @param covered the part of {@code time} that was measured
   * @param accelerators time of the accelerators that the nodes have
   * @param silent the part of {@code accelerators} on nodes of which no device reports
   */
  private record Day(
      BigDecimal covered, BigDecimal time, BigDecimal accelerators, BigDecimal silent) {}

  private record Cluster(String name, int days, BigDecimal time, BigDecimal coverage) {}

  /**
   * Computes the coverage of a month.
   *
   * @param nodeHours rows of {@code telemetry.node_hours}
   * @param deviceHours rows of {@code telemetry.accelerator_hours}; those of jobs do not count
   */
  TelemetryCoverage(YearMonth month, Dataset<Row> nodeHours, Dataset<Row> deviceHours) {
    this.month = month;
    Dataset<Row> reports = deviceHours.where(col("accelerator_id").isNotNull());
    Column capacity = col("accelerator_capacity_s");
    Column none = lit(null).cast("decimal(38,9)");
    this.nodes =
        measured(
            nodeHours.join(reporting(reports), NODE_DAY, "left"),
            "up_s",
            capacity,
            when(col(REPORTS).isNull(), capacity));
    this.devices = measured(reports, "provisioned_s", none, none);
  }

  private static Dataset<Row> reporting(Dataset<Row> deviceHours) {
    return deviceHours
        .select(Arrays.stream(NODE_DAY).map(functions::col).toArray(Column[]::new))
        .distinct()
        .withColumn(REPORTS, lit(true));
  }

  private Map<String, Map<LocalDate, Day>> measured(
      Dataset<Row> hours, String time, Column accelerators, Column silent) {
    Map<String, Map<LocalDate, Day>> clusters = new TreeMap<>();
    hours
        .where(trunc(col("usage_date"), "month").equalTo(Date.valueOf(month.atDay(1))))
        .groupBy("cluster_id", "usage_date")
        .agg(
            sum(col(time).multiply(col("coverage_ratio"))),
            sum(time),
            sum(accelerators),
            sum(silent))
        .collectAsList()
        .forEach(
            row ->
                clusters
                    .computeIfAbsent(row.getString(0), any -> new TreeMap<>())
                    .put(row.getDate(1).toLocalDate(), day(row)));
    return clusters;
  }

  private static Day day(Row row) {
    return new Day(
        zero(row.getDecimal(2)),
        zero(row.getDecimal(3)),
        zero(row.getDecimal(4)),
        zero(row.getDecimal(5)));
  }

  /**
   * Returns the gate. It passes if the coverage of every cluster is at least {@code least}.
   *
   * @param clusters clusters of the configuration
   * @param least coverage that each cluster needs, 0 to 1
   */
  Gate gate(Collection<String> clusters, BigDecimal least) {
    List<Cluster> all =
        clusters.stream()
            .distinct()
            .map(this::cluster)
            .sorted(Comparator.comparing(Cluster::coverage).thenComparing(Cluster::name))
            .toList();
    boolean passed = all.stream().allMatch(cluster -> cluster.coverage().compareTo(least) >= 0);
    return new Gate(
        "telemetry",
        passed,
        "%s; at least %s of each cluster%s"
            .formatted(
                all.stream().map(this::figures).collect(Collectors.joining("; ")),
                Gates.percent(least),
                passed ? "" : NEXT));
  }

  private Cluster cluster(String name) {
    Map<LocalDate, Day> machines = nodes.getOrDefault(name, Map.of());
    boolean equipped = machines.values().stream().anyMatch(day -> day.accelerators().signum() > 0);
    Map<LocalDate, Day> counted = devices.getOrDefault(name, equipped ? Map.of() : machines);
    BigDecimal covered = BigDecimal.ZERO;
    BigDecimal possible = BigDecimal.ZERO;
    for (Map.Entry<LocalDate, Day> day : counted.entrySet()) {
      covered = covered.add(day.getValue().covered());
      possible = possible.add(day.getValue().time()).add(missing(machines.get(day.getKey())));
    }
    BigDecimal time = Gates.ratio(covered, possible);
    BigDecimal days =
        Gates.ratio(BigDecimal.valueOf(counted.size()), BigDecimal.valueOf(month.lengthOfMonth()));
    return new Cluster(name, counted.size(), time, days.multiply(time));
  }

  private static BigDecimal missing(@Nullable Day machines) {
    return machines == null ? BigDecimal.ZERO : machines.silent();
  }

  private String figures(Cluster cluster) {
    if (cluster.days() == 0) {
      return cluster.name()
          + (nodes.containsKey(cluster.name())
              ? " has no telemetry of its accelerators"
              : " has no telemetry");
    }
    return "%s %d of %d days, %s of their %s time, coverage %s"
        .formatted(
            cluster.name(),
            cluster.days(),
            month.lengthOfMonth(),
            Gates.percent(cluster.time()),
            devices.containsKey(cluster.name()) ? "accelerator" : "node",
            Gates.percent(cluster.coverage()));
  }

  private static BigDecimal zero(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }
}
