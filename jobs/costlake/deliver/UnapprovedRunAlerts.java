package costlake.deliver;

import costlake.config.Config;
import costlake.config.Severity;

/** Alerts of runs that cost so much that they needed an approval, and that have none. */
public final class UnapprovedRunAlerts extends IncidentAlerts {
  @Override
  public String name() {
    return "unapproved_run";
  }

  @Override
  String condition() {
    return "subject_kind = 'run'";
  }

  @Override
  Severity severity(Config config, ToldIncident incident) {
    return Severity.ERROR;
  }
}
