package costlake.telemetry.k8s;

import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.telemetry.prometheus.DayRange;
import costlake.telemetry.prometheus.MetricFiles;
import costlake.telemetry.prometheus.ResponseOpener;
import costlake.telemetry.prometheus.SeriesFamily;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The hours of nodes, accelerators and pods of Kubernetes clusters. */
public final class KubernetesFamily implements SeriesFamily {
  private static final int TASKS_PER_CORE = 2;

  /** View with the rows of all relations. It is computed once and cached. */
  private static final String ALL = "bronze__k8s";

  /** Metrics of the embedded lists of devices. */
  private static final class Embedded {
    static final MetricFiles METRICS = KubernetesMetrics.of(DeviceProfiles.embedded());
  }

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public MetricFiles metrics() {
    return Embedded.METRICS;
  }

  @Override
  public Set<String> relations() {
    return Stream.of(KubernetesRelation.values())
        .map(relation -> relation.view().replace("__", "."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Registers the temporary views {@code bronze__k8s_node_hours}, {@code
   * bronze__k8s_accelerator_hours}, {@code bronze__k8s_workload_hours} and {@code
   * bronze__k8s_findings} (one row for each value that was limited or left out). They are computed
   * from the pinned files of the days, of the day before and of the day after.
   */
  @Override
  public void register(
      SparkSession spark, Collection<Source> sources, List<Delivery> current, Set<LocalDate> days) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = context.defaultParallelism() * TASKS_PER_CORE;
    List<DayRange> chunks = DayRange.of(sources, current, days, tasks);
    spark
        .createDataFrame(
            context
                .parallelize(chunks, Math.max(1, chunks.size()))
                .flatMap(range -> rows(range).iterator()),
            KubernetesRelation.all())
        .createOrReplaceTempView(ALL);
    spark.catalog().cacheTable(ALL);
    for (KubernetesRelation relation : KubernetesRelation.values()) {
      spark
          .table(ALL)
          .where(functions.col(KubernetesRelation.KIND).equalTo(relation.field()))
          .select(relation.field() + ".*")
          .selectExpr(relation.columns().toArray(String[]::new))
          .createOrReplaceTempView(relation.view());
    }
  }

  private static List<Row> rows(DayRange range) {
    List<Row> rows = new ArrayList<>();
    range.read(
        Embedded.METRICS,
        ResponseOpener::open,
        (day, samples) ->
            rows.addAll(
                KubernetesRelation.allRows(
                    new HourRows.Origin(range.sourceId(), range.cluster(), day),
                    HoursOfDay.of(samples))));
    return rows;
  }

  /**
   * {@inheritDoc} A new delivery of one day can also change the day before and the day after: it
   * can complete the last increase of a counter, or close a gap at midnight.
   */
  @Override
  public Set<LocalDate> changedDays(
      Collection<Source> sources, List<Delivery> before, List<Delivery> after) {
    Set<Delivery> touched = new HashSet<>(before);
    touched.addAll(after);
    touched.removeIf(delivery -> before.contains(delivery) && after.contains(delivery));
    Set<String> own = sources.stream().map(Source::id).collect(Collectors.toSet());
    return touched.stream()
        .filter(delivery -> own.contains(delivery.sourceId()))
        .flatMap(delivery -> around(delivery.billingPeriod()))
        .distinct()
        .filter(day -> !hours(sources, before, day).equals(hours(sources, after, day)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<LocalDate> around(LocalDate day) {
    return Stream.of(day.minusDays(1), day, day.plusDays(1));
  }

  private static Map<String, HoursOfDay> hours(
      Collection<Source> sources, List<Delivery> deliveries, LocalDate day) {
    Map<String, HoursOfDay> bySource = new HashMap<>();
    for (DayRange range : DayRange.of(sources, deliveries, Set.of(day), 1)) {
      range.read(
          Embedded.METRICS,
          ResponseOpener::open,
          (date, samples) -> bySource.put(range.sourceId(), HoursOfDay.of(samples)));
    }
    return bySource;
  }

  @Override
  public List<Reject> findings(SparkSession spark, int limit) {
    return spark
        .sql(
            """
            select
                _source_id,
                cast(usage_date as string),
                concat_ws(' ', cluster_id, date_format(hour_start, "yyyy-MM-dd'T'HH:mm'Z'"), subject),
                concat_ws(
                    ' ', reason, concat('(measured ', measured, ')'), concat('(used ', allowed, ')'))
            from bronze__k8s_findings
            order by _source_id, usage_date, hour_start, subject, reason
            limit %d\
            """
                .formatted(limit))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Reject(
                    row.getString(0), row.getString(1), row.getString(2), 0, row.getString(3), ""))
        .toList();
  }
}
