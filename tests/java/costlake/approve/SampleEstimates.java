package costlake.approve;

import costlake.config.Config;
import costlake.lake.Lake;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A lake without a night, and what a night would say of prices, runs and budgets. */
public final class SampleEstimates {
  private final Config config;
  private final SparkSession session;
  private final Map<String, String> queries = new HashMap<>();

  private SampleEstimates(Config config) {
    this.config = config;
    this.session = SparkHarness.session(config.lake());
    queries.put(
        "governance.accelerator_rates",
        """
        select name as accelerator_name, model as accelerator_model, currency as billing_currency,
            cast(rate as decimal(38,21)) as hourly_rate, basis as rate_basis, to_date(until) as priced_until
        from values
            ('A100', 'A100 40GB', 'USD', 2.5, 'effective', '2026-09-28'),
            ('A100', 'A100 40GB', 'EUR', 9.0, 'effective', '2026-09-28'),
            ('B200', 'B200', 'USD', 14.2416, 'list', null),
            ('K80', 'K80', null, null, null, null)
            as listed(name, model, currency, rate, basis, until)
        """);
    queries.put(
        "governance.estimate_misses",
        """
        select project_id, currency as billing_currency, runs as past_runs, cast(low as decimal(18,9)) as ratio_low,
            cast(high as decimal(18,9)) as ratio_high
        from values ('ranker', 'USD', 5, 0.8, 1.25), ('ranker', 'EUR', 9, 1, 1), ('detector', 'USD', 4, null, null)
            as listed(project_id, currency, runs, low, high)
        """);
    queries.put(
        "governance.budget_status",
        """
        select true as is_current, 'team' as scope_kind, 'money' as measure, team as scope_value, currency as billing_currency,
            cast(remaining as decimal(38,21)) as remaining
        from values ('search', 'USD', 900), ('search', 'USD', 700), ('search', 'EUR', 1) as listed(team, currency, remaining)
        """);
    runs("('old', '2026-09-01 10:00:00', '2026-09-02 10:00:00', 'USD', 100)");
  }

  /** Writes the configuration of a company with three people, and opens its lake. */
  public static SampleEstimates below(Path folder, Map<String, String> settings) {
    Path conf = folder.resolve("conf");
    try {
      Files.createDirectories(conf);
      Files.writeString(
          conf.resolve("owners.yml"),
          """
          last_resort: {team: search}
          teams:
            - id: search
              name: Search
              email: [search@example.com]
              approvers:
                - {user: ann, email: ann@example.com}
                - {user: bob, email: bob@example.com}
            - {id: ads, name: Ads, approvers: [{user: ann}]}
            - {id: vision, name: Vision}
          """);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("lake.format", "delta");
    return new SampleEstimates(Config.load(conf, null, all));
  }

  /**
   * Replaces the runs that the night knows.
   *
   * @param rows SQL values: run, start, end, currency, cost
   */
  public void runs(String rows) {
    queries.put(
        "governance.run_totals",
        """
        select run as run_id, cast(started as timestamp) as started_at, cast(ended as timestamp) as ended_at,
            currency as billing_currency, cast(cost as decimal(38,21)) as cost
        from values %s as listed(run, started, ended, currency, cost)
        """
            .formatted(rows));
  }

  /** Returns the configuration. */
  public Config config() {
    return config;
  }

  /** Opens the lake. */
  public Lake lake() {
    return Lake.open(config.lake(), session);
  }

  /** Returns what the night would say. */
  public Estimates estimates() {
    return new Estimates(table -> session.sql(queries.get(table)), config.approvals());
  }

  SparkSession session() {
    return session;
  }
}
