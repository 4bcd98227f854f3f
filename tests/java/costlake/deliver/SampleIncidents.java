package costlake.deliver;

import costlake.config.Config;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Example incidents of a lake for tests of alerts. */
final class SampleIncidents {
  private SampleIncidents() {}

  /**
   * Publishes incidents.
   *
   * @param billed last day that bills cover
   * @param rows SQL values: id, team, kind of subject, first and last day, state, cost above the
   *     expectation in USD, cause, item
   */
  static void publish(Lake lake, Config config, String billed, String rows) {
    String incidents =
        """
        select incident_id, 'USD' as billing_currency, team_id, subject_kind, to_date(started_on) as started_on,
            to_date(ended_on) as ended_on, to_date(started_on) as found_on, state, cast(cost_above as decimal(38,21)) as cost_above,
            cause, item
        from values %s as listed(incident_id, team_id, subject_kind, started_on, ended_on, state, cost_above, cause, item)
        """
            .formatted(rows);
    try (NightStage night = lake.begin("night")) {
      stage(night, config, "governance.incidents", incidents);
      stage(night, config, "economics.billed_days", "select to_date('" + billed + "') as last_day");
      night.publish(List.of(), Map.of());
    }
  }

  private static void stage(NightStage night, Config config, String table, String query) {
    var rows = SparkHarness.session(config.lake()).sql(query);
    TableName name = TableName.parse(table);
    night.stageAll(
        new TableSpec(name, rows.schema(), Partitioning.whole(), Map.of(), Set.of()), rows);
  }
}
