package costlake.telemetry;

import costlake.compress.Compression;
import costlake.config.Config;
import costlake.core.Delivery;
import costlake.core.Reject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Provides the hours of nodes, accelerators and workloads, computed from pinned response files. */
public final class Telemetry {
  private static final int TASKS_PER_CORE = 2;

  /** View with the rows of all relations. It is computed once and cached. */
  private static final String ALL = "bronze__k8s";

  private Telemetry() {}

  /**
   * Registers the temporary views {@code bronze__k8s_node_hours}, {@code
   * bronze__k8s_accelerator_hours}, {@code bronze__k8s_workload_hours} and {@code
   * bronze__k8s_findings} (one row for each value that was limited or left out). A view is computed
   * when it is read, from the pinned files of the days, of the day before and of the day after.
   *
   * @param current the current deliveries of all sources; uses only those of Prometheus sources
   * @param days days of the views; days that were not delivered have no rows
   */
  public static void register(
      SparkSession spark, Config config, List<Delivery> current, Set<LocalDate> days) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = context.defaultParallelism() * TASKS_PER_CORE;
    List<DayRange> chunks = DayRange.of(config.everySource(), current, days, tasks);
    spark
        .createDataFrame(
            context
                .parallelize(chunks, Math.max(1, chunks.size()))
                .flatMap(range -> rows(range).iterator()),
            TelemetryRelation.all())
        .createOrReplaceTempView(ALL);
    spark.catalog().cacheTable(ALL);
    for (TelemetryRelation relation : TelemetryRelation.values()) {
      spark
          .table(ALL)
          .where(functions.col(TelemetryRelation.KIND).equalTo(relation.field()))
          .select(relation.field() + ".*")
          .selectExpr(relation.columns().toArray(String[]::new))
          .createOrReplaceTempView(relation.view());
    }
  }

  private static List<Row> rows(DayRange range) {
    List<Row> rows = new ArrayList<>();
    range.read(
        Telemetry::open,
        (day, hours) ->
            rows.addAll(
                TelemetryRelation.allRows(
                    new HourRows.Origin(range.sourceId(), range.cluster(), day), hours)));
    return rows;
  }

  /**
   * Returns the days whose hours differ between two sets of deliveries. A new delivery of one day
   * can also change the day before and the day after: it can complete the last increase of a
   * counter, or close a gap at midnight.
   */
  public static Set<LocalDate> changedDays(
      Config config, List<Delivery> before, List<Delivery> after) {
    Set<Delivery> touched = new HashSet<>(before);
    touched.addAll(after);
    touched.removeIf(delivery -> before.contains(delivery) && after.contains(delivery));
    return touched.stream()
        .flatMap(delivery -> around(delivery.billingPeriod()))
        .distinct()
        .filter(day -> !hours(config, before, day).equals(hours(config, after, day)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<LocalDate> around(LocalDate day) {
    return Stream.of(day.minusDays(1), day, day.plusDays(1));
  }

  private static Map<String, HoursOfDay> hours(
      Config config, List<Delivery> deliveries, LocalDate day) {
    Map<String, HoursOfDay> bySource = new HashMap<>();
    for (DayRange range : DayRange.of(config.everySource(), deliveries, Set.of(day), 1)) {
      range.read(Telemetry::open, (date, hours) -> bySource.put(range.sourceId(), hours));
    }
    return bySource;
  }

  /**
   * Returns the findings of the registered days as rows for {@code ops.rejects}.
   *
   * @param limit maximum number of findings; takes the first by source, day, hour and subject
   */
  public static List<Reject> findings(SparkSession spark, int limit) {
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

  private static InputStream open(String path) throws IOException {
    InputStream bytes;
    if (path.contains("://")) {
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(path);
      bytes = remote.getFileSystem(SparkHadoopUtil.get().conf()).open(remote);
    } else {
      bytes = Files.newInputStream(Path.of(path));
    }
    return Compression.content(path, bytes);
  }
}
