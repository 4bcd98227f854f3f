package costlake.deliver;

import costlake.config.Config;
import costlake.config.Severity;
import java.math.BigDecimal;

/** Alerts of cost that rose or fell out of the ordinary. */
public final class CostIncidentAlerts extends IncidentAlerts {
  /** So many times {@code limits.incident_cost_min} is worse. */
  private static final BigDecimal LARGE = BigDecimal.TEN;

  @Override
  public String name() {
    return "incident";
  }

  @Override
  String condition() {
    return "subject_kind <> 'run'";
  }

  @Override
  Severity severity(Config config, ToldIncident incident) {
    BigDecimal large = config.limits().incidentCostMin().multiply(LARGE);
    if (incident.costAbove().compareTo(large) >= 0) {
      return Severity.ERROR;
    }
    return incident.costAbove().signum() > 0 ? Severity.WARNING : Severity.INFO;
  }
}
