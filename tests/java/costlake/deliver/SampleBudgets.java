package costlake.deliver;

import costlake.config.Config;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Example budgets of a lake for tests of mails. */
final class SampleBudgets {
  private SampleBudgets() {}

  static void owners(Path home) throws IOException {
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams:
          - {id: ads, name: Ads, email: [ads@example.com], language: de-DE}
          - {id: search, name: Search, email: [search@example.com], cc: [boss@example.com]}
          - {id: vision, name: Vision, no_mail: true}
        """);
  }

  static Lake open(Config config) {
    return Lake.open(config.lake(), SparkHarness.session(config.lake()));
  }

  /**
   * Publishes where budgets stand.
   *
   * @param rows SQL values: budget, team, kind of period, first and last day, whether it is
   *     current, what was used of 200 USD, and the days on which 50 and 99.5 percent were reached
   */
  static void publish(Lake lake, Config config, String rows) {
    Dataset<Row> status =
        SparkHarness.session(config.lake())
            .sql(
                """
                select
                    budget_id, concat('Cost of ', budget_id) as budget_name, owner_team_id, period_kind,
                    to_date(period_start) as period_start, to_date(period_end) as period_end, is_current, 'money' as measure,
                    'USD' as billing_currency, cast(200 as decimal(38,21)) as amount, cast(actual as decimal(38,21)) as actual,
                    if(is_current, to_date('2026-10-02'), to_date(period_end)) as billed_until,
                    cast(array(
                        named_struct('threshold_basis', 'actual', 'percent', cast(50 as decimal(9,3)), 'reached_on', to_date(half)),
                        named_struct('threshold_basis', 'actual', 'percent', cast(99.5 as decimal(9,3)), 'reached_on', to_date(most))
                    ) as array<struct<threshold_basis:string,percent:decimal(9,3),reached_on:date>>) as thresholds
                from values %s
                    as listed(budget_id, owner_team_id, period_kind, period_start, period_end, is_current, actual, half, most)
                """
                    .formatted(rows));
    TableSpec spec =
        new TableSpec(
            TableName.parse("governance.budget_status"),
            status.schema(),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    try (NightStage night = lake.begin("night")) {
      night.stageAll(spec, status);
      night.publish(List.of(), Map.of());
    }
  }
}
