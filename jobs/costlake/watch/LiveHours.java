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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes hours of live samples with the models of a night, so that hours and owners are those that
 * the next night finds. Writes no table.
 */
final class LiveHours {
  private static final RelationName HOURS = RelationName.parse("telemetry.workload_hours");
  private static final RelationName NODES = RelationName.parse("telemetry.node_hours");
  private static final RelationName OWNERS = RelationName.parse("allocation.workload_owners");
  private static final Set<RelationName> GIVEN = Set.of(JobHours.HOURS, JobHours.NODES);

  private static final String HELD =
      """
      select
          hours.hour_start, hours.cluster_id, hours.scheduler, hours.workload_id, hours.workload_kind, hours.run_id,
          hours.accelerator_model, owners.team_id, owners.project_id,
          cast(sum(owners.accelerator_s) as decimal(38, 9)) as accelerator_s,
          cast(if(count(*) = count(owners.accelerator_active_s), sum(owners.accelerator_active_s), null) as decimal(38, 9))
              as accelerator_active_s,
          max(hours.held_s) as held_s, min(hours.held_from) as held_from, max(hours.held_until) as held_until
      from %s as hours
      inner join %s as owners
          on hours.hour_start = owners.hour_start and hours.cluster_id = owners.cluster_id
          and hours.workload_id = owners.workload_id and hours.node_id <=> owners.node_id
          and hours.accelerator_model <=> owners.accelerator_model
      where owners.accelerator_s > 0 and hours.hour_start >= timestamp'%s'
      group by all
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
      SparkSession spark,
      Config config,
      List<Delivery> samples,
      List<Squeue.Job> jobs,
      Window window) {
    Functions.register(spark);
    Graph graph = graph(!jobs.isEmpty());
    ConfigurationViews.register(spark, config, graph);
    Telemetry.register(spark, config, samples, window.days());
    JobHours.register(spark, graph, jobs, window);
    ModelViews.register(spark, graph, List.of(HOURS, NODES, OWNERS), GIVEN, (model, rows) -> rows);
    return new LiveHours(spark, window).rows();
  }

  /** Returns the models that hours and owners need, without those of jobs that have ended. */
  private static Graph graph(boolean hasJobs) {
    List<String> kinds = hasJobs ? List.of("prometheus", "slurm") : List.of("prometheus");
    Graph all = Models.embedded(SourceKinds.active(kinds)).compile();
    Set<RelationName> needed = all.withUpstream(Set.of(HOURS, OWNERS), GIVEN);
    return new Graph(
        all.order().stream()
            .filter(model -> needed.contains(model.name()) || GIVEN.contains(model.name()))
            .toList(),
        List.of(),
        all.inputs());
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
        HourRows.time(row, "hour_start"),
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
        HourRows.time(row, "held_from"),
        HourRows.time(row, "held_until"));
  }

  private static Held free(Row row) {
    Instant hour = HourRows.time(row, "hour_start");
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
}
