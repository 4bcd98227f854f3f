package costlake.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import costlake.acknowledge.Acknowledge;
import costlake.core.Failure;
import costlake.lake.Lake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake incidents}: lists incidents, or says why one happened. */
@Command(
    name = "incidents",
    description = {
      "Show cost that rose or fell out of the ordinary.",
      "Lists the incidents, open ones first. With an ID, says why the cost changed, in parts that"
          + " sum to the change, and what ran in those days."
    },
    subcommands = {IncidentsTryCommand.class, IncidentsAcknowledgeCommand.class},
    footer = {"", "Example: costlake incidents --conf demo/conf --team search"})
final class IncidentsCommand implements Runnable {
  private static final String RUNS = "governance.incident_runs";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "One incident.")
  @Nullable String id;

  @Option(names = "--team", paramLabel = "TEAM", description = "Incidents of one team.")
  @Nullable String team;

  @Override
  public void run() {
    try (LakeSession session = LakeSession.ofLake(common.config())) {
      requireNight(session.lake());
      if (id == null) {
        list(session.lake());
      } else {
        explain(session.lake(), id);
        showRuns(session, id);
      }
    }
  }

  private static void requireNight(Lake lake) {
    if (lake.publication().stream()
        .noneMatch(p -> p.versions().containsKey(Acknowledge.INCIDENTS.toString()))) {
      throw Failure.operator("No night has looked for incidents yet. Run costlake night first.");
    }
  }

  /** Prints the incidents, open ones first, then the latest. */
  void list(Lake lake) {
    Dataset<Row> incidents = incidents(lake);
    if (team != null) {
      incidents = incidents.where(col("team_id").equalTo(team));
    }
    print(
        incidents
            .orderBy(col("state").equalTo("open").desc(), col("started_on").desc(), col("incident"))
            .drop("team_id"));
  }

  private static Dataset<Row> incidents(Lake lake) {
    Object[] acknowledged = Acknowledge.ids(lake).toArray();
    return lake.read(Acknowledge.INCIDENTS)
        .withColumn(
            "state",
            when(col("incident_id").isin(acknowledged), lit("acknowledged"))
                .otherwise(col("state")))
        .selectExpr(
            "incident_id as incident",
            "state",
            "started_on",
            "ended_on",
            "found_on",
            "team_id",
            "team_id as owner",
            "billing_currency as currency",
            "round(cost_above, 2) as cost_above",
            "cause",
            "coalesce(item, service) as item",
            "concat_ws(' ', subject_kind, subject_team_id, subject_id) as shown_by");
  }

  /** Prints why the cost of an incident changed. */
  void explain(Lake lake, String incident) {
    Acknowledge.refuseUnknown(lake, incident);
    Dataset<Row> one = lake.read(Acknowledge.INCIDENTS).where(col("incident_id").equalTo(incident));
    common.console().say(head(one.first()));
    print(
        one.selectExpr("inline(parts)")
            .selectExpr(
                "cause",
                "team_id as team",
                "from_team_id as from",
                "to_team_id as to",
                "service",
                "item",
                "nullif(array_join(resources, ' '), '') as resources",
                "change"));
  }

  private static String head(Row incident) {
    return "%s to %s, found on %s: %s %s above the expectation (estimate). The cost of these days was %s, of ordinary days before %s. The parts of the change:"
        .formatted(
            incident.<Object>getAs("started_on"),
            incident.<Object>getAs("ended_on"),
            incident.<Object>getAs("found_on"),
            incident.getAs("billing_currency"),
            plain(incident, "cost_above"),
            plain(incident, "cost"),
            plain(incident, "cost_before"));
  }

  private static String plain(Row row, String column) {
    return row.getDecimal(row.fieldIndex(column)).stripTrailingZeros().toPlainString();
  }

  private void showRuns(LakeSession session, String incident) {
    Dataset<Row> runs =
        session
            .withTables(RUNS::equals)
            .spark()
            .table(RUNS)
            .where(col("incident_id").equalTo(incident))
            .orderBy(col("cost").desc(), col("run_id"), col("workload_id"))
            .selectExpr(
                "run_id as run",
                "workload_id as workload",
                "endpoint_id as endpoint",
                "model_id as model",
                "first_day",
                "last_day",
                "round(cost, 2) as cost");
    if (!runs.isEmpty()) {
      common.console().say("What ran for the owner in these days:");
      print(runs);
    }
  }

  private void print(Dataset<Row> rows) {
    new ResultPrinter(common.data())
        .print(format.chosen, List.of(rows.columns()), rows.collectAsList().iterator());
  }
}
