package costlake.watch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.model.Graph;
import costlake.model.RelationName;
import costlake.telemetry.series.TableDecimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The hours of running jobs as the models of a night read them: a job holds its accelerators from
 * its start until now.
 */
final class JobHours {
  static final RelationName HOURS = RelationName.parse("telemetry.interval_workload_hours");
  static final RelationName NODES = RelationName.parse("allocation.job_nodes");

  private static final RelationName ACCELERATORS = RelationName.parse("reference.accelerators");
  private static final Duration HOUR = Duration.ofHours(1);

  private static final StructType COLUMNS =
      StructType.fromDDL(
          """
          hour_start timestamp, cluster_id string, node_id string, namespace string, workload_id string,
          run_id string, alias string, accelerator_allocated_s decimal(38,9), held_s decimal(38,9),
          held_from timestamp, held_until timestamp, labels map<string,string>
          """);

  private JobHours() {}

  /**
   * Registers the relations {@link #HOURS} and {@link #NODES} as temporary views. The list of nodes
   * of a job stands for its node. The view with the names of accelerators must be registered.
   */
  static void register(SparkSession spark, Graph graph, List<Squeue.Job> jobs, Window window) {
    List<Row> rows = jobs.stream().flatMap(job -> rows(job, window).stream()).toList();
    Dataset<Row> names = spark.table(ACCELERATORS.view()).select("alias", "accelerator_model");
    Dataset<Row> hours =
        spark
            .createDataFrame(rows, COLUMNS)
            .join(names, new String[] {"alias"}, "left")
            .withColumn("usage_date", col("hour_start").cast("date"))
            .withColumn("scheduler", lit("slurm"))
            .withColumn("workload_kind", lit("scheduler job"))
            .withColumn("provider_resource_id", col("node_id"));
    select(graph, HOURS, hours).createOrReplaceTempView(HOURS.view());
    select(graph, NODES, hours).distinct().createOrReplaceTempView(NODES.view());
  }

  /** Returns the columns of a relation; those that jobs do not have are null. */
  private static Dataset<Row> select(Graph graph, RelationName relation, Dataset<Row> hours) {
    Set<String> known = Set.of(hours.columns());
    boolean isOfNodes = relation.equals(NODES);
    return hours.select(
        graph.columns(relation).entrySet().stream()
            .map(
                column ->
                    known.contains(column.getKey()) && !(isOfNodes && isOfJob(column.getKey()))
                        ? col(column.getKey())
                        : lit(null).cast(column.getValue()).as(column.getKey()))
            .toArray(Column[]::new));
  }

  private static boolean isOfJob(String column) {
    return column.equals("accelerator_model");
  }

  private static List<Row> rows(Squeue.Job job, Window window) {
    List<Row> rows = new ArrayList<>();
    for (Instant hour = window.from(); hour.isBefore(window.at()); hour = hour.plus(HOUR)) {
      Instant from = later(hour, job.start());
      Instant until = earlier(hour.plus(HOUR), window.at());
      if (from.isBefore(until)) {
        rows.add(row(job, hour, from, until));
      }
    }
    return rows;
  }

  private static Row row(Squeue.Job job, Instant hour, Instant from, Instant until) {
    BigDecimal heldS = TableDecimals.seconds(Duration.between(from, until).toMillis());
    return RowFactory.create(
        Timestamp.from(hour),
        job.cluster(),
        job.nodes(),
        job.account(),
        job.id(),
        job.run(),
        job.model(),
        heldS.multiply(job.accelerators()).setScale(TableDecimals.SCALE, RoundingMode.HALF_EVEN),
        heldS,
        Timestamp.from(from),
        Timestamp.from(until),
        job.labels());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
