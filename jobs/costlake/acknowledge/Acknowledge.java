package costlake.acknowledge;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.decide.Decision;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.lake.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;

/** Acknowledges incidents, and says which are acknowledged. */
public final class Acknowledge {
  /** The table with the incidents. */
  public static final TableName INCIDENTS = TableName.parse("governance.incidents");

  private Acknowledge() {}

  /**
   * Records what a person says about an incident. The last word about an incident counts.
   *
   * @param why reason, not empty
   * @throws Failure with exit code 2 if there is no such incident or no reason
   */
  public static Decision<Acknowledgement> record(
      Lake lake, Acknowledgement acknowledgement, String actor, String why) {
    if (why.isBlank()) {
      throw Failure.operator("Cannot acknowledge without a reason. Give one with --why.");
    }
    refuseUnknown(lake, acknowledgement.incidentId());
    AcknowledgementKind kind = new AcknowledgementKind();
    try (DecisionStage<Acknowledgement> stage = lake.begin(kind, "incidents acknowledge")) {
      return stage.decide(Instant.now(), actor, why, acknowledgement);
    }
  }

  /** Returns the ids of the acknowledged incidents. */
  public static Set<String> ids(Lake lake) {
    return byIncident(lake).keySet();
  }

  /** Returns the last word about each acknowledged incident, by the id of the incident. */
  public static Map<String, Acknowledgement> byIncident(Lake lake) {
    Map<String, Acknowledgement> said = new TreeMap<>();
    lake.decided()
        .of(new AcknowledgementKind())
        .inForce()
        .forEach((id, decision) -> said.put(id, decision.content()));
    return said;
  }

  /**
   * Refuses an id that no incident has.
   *
   * @throws Failure with exit code 2
   */
  public static void refuseUnknown(Lake lake, String id) {
    List<String> ids =
        lake.read(INCIDENTS).select("incident_id").as(Encoders.STRING()).collectAsList();
    if (!ids.contains(id)) {
      throw Failure.operator(
          "There is no incident '%s'.%s 'costlake incidents' lists them.",
          id, Nearest.hint(id, ids));
    }
  }
}
