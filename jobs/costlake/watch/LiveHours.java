package costlake.watch;

import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.build.ModelViews;
import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.core.Delivery;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.telemetry.Telemetry;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Makes hours of live samples with the models of a night, so that hours and owners are those that
 * the next night finds. Writes no table.
 */
final class LiveHours {
  private static final RelationName HOURS = RelationName.parse("telemetry.workload_hours");
  private static final RelationName NODES = RelationName.parse("telemetry.node_hours");
  private static final RelationName OWNERS = RelationName.parse("allocation.workload_owners");
  private static final RelationName JOB_NODES = RelationName.parse("allocation.job_nodes");

  private static final String HELD =
      """
      select
          hours.hour_start, hours.cluster_id, hours.scheduler, hours.workload_id, hours.workload_kind, hours.run_id,
          hours.accelerator_model, owners.team_id, owners.project_id, owners.accelerator_s, owners.accelerator_active_s,
          hours.held_s, hours.held_from, hours.held_until
      from %s as hours
      inner join %s as owners
          on hours.hour_start = owners.hour_start and hours.cluster_id = owners.cluster_id
          and hours.workload_id = owners.workload_id and hours.node_id <=> owners.node_id
          and hours.accelerator_model <=> owners.accelerator_model
      where owners.accelerator_s > 0 and hours.hour_start >= timestamp'%s'
      """;

  /** Nodes are there as long as they are seen, so what they have and nobody held was free. */
  private static final String FREE =
      """
      with had as (
          select hour_start, cluster_id, scheduler, accelerator_model, sum(accelerator_capacity_s) as accelerator_s, max(up_s) as up_s
          from %2$s
          where accelerator_capacity_s > 0
          group by all
      ),

      held as (
          select hour_start, cluster_id, accelerator_model, sum(accelerator_s) as accelerator_s
          from %1$s
          group by all
      )

      select
          had.hour_start, had.cluster_id, had.scheduler, had.accelerator_model,
          cast(greatest(had.accelerator_s - coalesce(held.accelerator_s, 0), 0) as decimal(38, 9)) as accelerator_s,
          had.up_s
      from had
      left join held
          on had.hour_start = held.hour_start and had.cluster_id = held.cluster_id
          and had.accelerator_model <=> held.accelerator_model
      where had.hour_start >= timestamp'%3$s'
      """;

  private final SparkSession spark;
  private final Window window;

  private LiveHours(SparkSession spark, Window window) {
    this.spark = spark;
    this.window = window;
  }

  /** Returns what workloads held in each hour of the window, and what nobody held. */
  static List<Held> of(
      SparkSession spark, Config config, List<Delivery> samples, Window window) {
    Functions.register(spark);
    register(spark, config, graph());
    Telemetry.register(spark, config, samples, window.days());
    LiveHours hours = new LiveHours(spark, window);
    return hours.rows();
  }

  /** Returns the models that hours and owners need, without those of jobs that have ended. */
  private static Graph graph() {
    Graph all = Models.embedded(List.of(SourceKinds.of("prometheus"))).compile();
    Set<RelationName> needed = all.withUpstream(Set.of(HOURS, OWNERS), Set.of(JOB_NODES));
    return new Graph(
        all.order().stream()
            .filter(model -> needed.contains(model.name()) || model.name().equals(JOB_NODES))
            .toList(),
        List.of(),
        all.inputs());
  }

  private static void register(SparkSession spark, Config config, Graph graph) {
    ConfigurationViews.register(spark, config, graph);
    empty(spark, graph, JOB_NODES);
    ModelViews.register(
        spark, graph, List.of(HOURS, NODES, OWNERS), Set.of(JOB_NODES), (model, rows) -> rows);
  }

  private static void empty(SparkSession spark, Graph graph, RelationName model) {
    String columns =
        graph.columns(model).entrySet().stream()
            .map(column -> column.getKey() + " " + column.getValue())
            .collect(Collectors.joining(", "));
    spark
        .createDataFrame(List.of(), StructType.fromDDL(columns))
        .createOrReplaceTempView(model.view());
  }

  private List<Held> rows() {
    Dataset<Row> held = spark.sql(HELD.formatted(HOURS.view(), OWNERS.view(), window.from()));
    Dataset<Row> free = spark.sql(FREE.formatted(OWNERS.view(), NODES.view(), window.from()));
    return Stream.concat(
            held.collectAsList().stream().map(LiveHours::held),
            free.collectAsList().stream().map(LiveHours::free))
        .toList();
  }

  private static Held held(Row row) {
    return new Held(
        time(row, "hour_start"),
        row.getAs("cluster_id"),
        row.getAs("scheduler"),
        row.getAs("workload_id"),
        row.getAs("workload_kind"),
        row.getAs("run_id"),
        row.getAs("accelerator_model"),
        row.getAs("team_id"),
        row.getAs("project_id"),
        row.getAs("accelerator_s"),
        row.getAs("accelerator_active_s"),
        row.getAs("held_s"),
        time(row, "held_from"),
        time(row, "held_until"));
  }

  private static Held free(Row row) {
    Instant hour = time(row, "hour_start");
    return new Held(
        hour,
        row.getAs("cluster_id"),
        row.getAs("scheduler"),
        null,
        null,
        null,
        row.getAs("accelerator_model"),
        null,
        null,
        row.getAs("accelerator_s"),
        null,
        row.getAs("up_s"),
        hour,
        hour);
  }

  private static Instant time(Row row, String column) {
    return row.<Timestamp>getAs(column).toInstant();
  }
}
