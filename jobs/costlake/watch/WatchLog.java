package costlake.watch;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.core.Money;
import costlake.decide.Decision;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.LakeLock;
import costlake.decide.OpsTable;
import costlake.telemetry.series.TableDecimals;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * What watches found: the hours that were over, {@code ops.watched_hours}, and what somebody should
 * look at, {@code ops.watch_findings}. {@code ops.known_findings} has findings that people know
 * about.
 */
public final class WatchLog implements DecisionKind<KnownFinding> {
  /** The hours; the last watch of an hour and cluster counts. */
  static final OpsTable HOURS =
      OpsTable.of(
          "watched_hours",
          time("hour_start"),
          text("cluster_id"),
          whole("watch"),
          text("scheduler"),
          text("workload_id"),
          text("workload_kind"),
          text("run_id"),
          text("team_id"),
          text("project_id"),
          text("accelerator_model"),
          seconds("accelerator_s"),
          seconds("accelerator_active_s"),
          seconds("held_s"),
          time("held_from"),
          time("held_until"),
          text("billing_currency"),
          money("hourly_rate"),
          createStructField("priced_until", DateType, true),
          money("estimated_cost"),
          time("watched_at"));

  /** A row when a watch first finds something, and one when the next does not find it any more. */
  static final OpsTable FINDINGS =
      OpsTable.of(
          "watch_findings",
          text("finding"),
          time("found_at"),
          text("state"),
          text("rule"),
          text("subject"),
          text("team_id"),
          time("since"),
          text("billing_currency"),
          money("cost_so_far"),
          text("what"),
          text("advice"),
          time("watched_at"));

  private static final OpsTable KNOWN =
      OpsTable.of(
          "known_findings",
          whole("decision_number"),
          text("finding"),
          time("known_until"),
          text("reason"),
          text("actor"),
          time("decided_at"));

  private static StructField seconds(String name) {
    return createStructField(name, createDecimalType(Money.PRECISION, TableDecimals.SCALE), true);
  }

  private static StructField money(String name) {
    return createStructField(name, createDecimalType(Money.PRECISION, Money.SCALE), true);
  }

  @Override
  public String name() {
    return "known_findings";
  }

  @Override
  public LakeLock lock() {
    return new LakeLock("watch", "watch", "the hours that it records are kept");
  }

  @Override
  public TypeReference<Decision<KnownFinding>> type() {
    return new TypeReference<>() {};
  }

  @Override
  public String subject(KnownFinding known) {
    return known.finding();
  }

  @Override
  public String action(KnownFinding known) {
    return "record that " + known.finding() + " is known";
  }

  @Override
  public String result(KnownFinding known) {
    return known.finding() + " is known until " + known.until();
  }

  @Override
  public List<DecisionTable<KnownFinding>> tables() {
    return List.of(
        new DecisionTable<>(HOURS, List.of("hour_start"), decision -> List.of()),
        new DecisionTable<>(
            FINDINGS, List.of("finding", "found_at", "state"), decision -> List.of()),
        new DecisionTable<>(KNOWN, List.of("decision_number"), WatchLog::rows));
  }

  private static List<Row> rows(Decision<KnownFinding> decision) {
    return List.of(
        OpsTable.row(
            decision.number(),
            decision.content().finding(),
            Timestamp.from(decision.content().until()),
            decision.reason(),
            decision.actor(),
            Timestamp.from(decision.at())));
  }
}
