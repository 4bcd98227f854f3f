package costlake.acknowledge;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.decide.Decision;
import costlake.decide.DecisionInput;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.OpsTable;
import costlake.decide.Pins;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Acknowledgements of incidents: the table {@code ops.incident_decisions}. */
public final class AcknowledgementKind implements DecisionKind<Acknowledgement> {
  private static final OpsTable DECISIONS =
      OpsTable.of(
          "incident_decisions",
          whole("decision_number"),
          text("incident_id"),
          createStructField("is_false_alarm", BooleanType, true),
          text("reason"),
          text("actor"),
          time("decided_at"));

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public TypeReference<Decision<Acknowledgement>> type() {
    return new TypeReference<>() {};
  }

  @Override
  public String subject(Acknowledgement acknowledgement) {
    return acknowledgement.incidentId();
  }

  @Override
  public String action(Acknowledgement acknowledgement) {
    return "acknowledge incident " + acknowledgement.incidentId();
  }

  @Override
  public String result(Acknowledgement acknowledgement) {
    return "incident " + acknowledgement.incidentId() + " is acknowledged";
  }

  @Override
  public List<DecisionTable<Acknowledgement>> tables() {
    return List.of(
        new DecisionTable<>(
            DECISIONS, List.of("decision_number"), decision -> List.of(row(decision))));
  }

  @Override
  public List<DecisionInput<Acknowledgement>> inputs() {
    return List.of(
        new DecisionInput<>("ops.acknowledged_incidents", AcknowledgementKind::acknowledged));
  }

  private static Row row(Decision<Acknowledgement> decision) {
    return OpsTable.row(
        decision.number(),
        decision.content().incidentId(),
        decision.content().isFalseAlarm(),
        decision.reason(),
        decision.actor(),
        Timestamp.from(decision.at()));
  }

  private static Dataset<Row> acknowledged(
      SparkSession spark,
      Collection<Decision<Acknowledgement>> inForce,
      Pins pins,
      StructType columns) {
    List<Row> rows =
        inForce.stream()
            .map(
                decision ->
                    OpsTable.row(
                        decision.content().incidentId(),
                        decision.content().isFalseAlarm(),
                        decision.actor(),
                        Timestamp.from(decision.at()),
                        decision.reason()))
            .toList();
    return spark.createDataFrame(rows, columns).coalesce(1);
  }
}
