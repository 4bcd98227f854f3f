package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.night.TinyCompany;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Prints the budgets of a lake. */
class BudgetsCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Lake lake() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    Dataset<Row> rows =
        company
            .session()
            .sql(
                """
                select
                    budget_id, concat('Budget ', budget_id) as budget_name, to_date(period_start) as period_start,
                    last_day(period_start) as period_end, period_start = '2026-09-01' as is_current, 'money' as measure, 'USD' as billing_currency,
                    cast(amount as decimal(38,21)) as amount, cast(actual as decimal(38,21)) as actual,
                    cast(amount - actual as decimal(38,21)) as remaining, cast(actual / amount as decimal(18,9)) as share_used,
                    cast(burn as decimal(38,21)) as burn_7_days, to_date(breach) as breach_at_burn,
                    cast(burn * 60 as decimal(38,2)) as forecast, cast(burn * 50 as decimal(38,2)) as forecast_low,
                    cast(burn * 80 as decimal(38,2)) as forecast_high,
                    array(
                        named_struct('threshold_basis', 'actual', 'percent', cast(99.5 as decimal(9,3)), 'reached_on', to_date(breach)),
                        named_struct('threshold_basis', 'forecast', 'percent', cast(100 as decimal(9,3)), 'reached_on', if(budget_id = 'near', to_date('2026-09-05'), null))
                    ) as thresholds
                from values
                    ('calm', '2026-09-01', 100, 90, 0.5, null),
                    ('near', '2026-09-01', 200, 120, 20, '2026-09-14'),
                    ('over', '2026-09-01', 50, 62.5, 2, '2026-09-20'),
                    ('unknown', '2026-09-01', 10, null, null, null),
                    ('calm', '2026-08-01', 100, 10, 0.5, null)
                    as listed(budget_id, period_start, amount, actual, burn, breach)
                """);
    TableSpec spec =
        new TableSpec(
            TableName.parse("governance.budget_status"),
            rows.schema(),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    Lake lake = company.lake();
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(spec, rows);
      night.publish(List.of(), Map.of());
    }
    return lake;
  }

  private void show(Lake lake, String... options) {
    BudgetsCommand command = new BudgetsCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    command.show(lake);
  }

  @Test
  void printsTheMostUrgentFirstAndFailsAtTheGateIfOneIsOver() {
    Lake lake = lake();
    assertThatThrownBy(() -> show(lake, "--format", "csv", "--gate"))
        .isInstanceOf(Failure.class)
        .hasMessage("Over budget: over (Budget over)");
    assertThat(out)
        .hasToString(
            """
            budget,period_start,period_end,unit,amount,actual,percent,remaining,burn_per_day,breach_at_burn,forecast,forecast_low,forecast_high,reached
            over,2026-09-01,2026-09-30,USD,50,62.5,125,-12.5,2,2026-09-20,120,100,160,99.5% 2026-09-20
            near,2026-09-01,2026-09-30,USD,200,120,60,80,20,2026-09-14,1200,1000,1600,"99.5% 2026-09-14, 100% forecast 2026-09-05"
            calm,2026-09-01,2026-09-30,USD,100,90,90,10,0.5,,30,25,40,
            unknown,2026-09-01,2026-09-30,USD,10,,,,,,,,,
            """);
    assertThat(err.toString())
        .contains(
            "Unknown, because no bill has the currency or nothing was measured: unknown (Budget"
                + " unknown)");
  }

  @Test
  void printsThePeriodsOfAnotherTime() {
    Lake lake = lake();
    show(lake, "--format", "csv", "--gate", "--at", "2026-08");
    assertThat(out.toString())
        .endsWith("\ncalm,2026-08-01,2026-08-31,USD,100,10,10,90,0.5,,30,25,40,\n");
    show(lake, "--at", "2026-08-07");
    assertThat(out.toString()).containsPattern("calm +2026-08-01 +2026-08-31");
    show(lake, "--at", "2025-08-07");
    assertThat(err.toString()).contains("No budget is in force then.");
    assertThatThrownBy(() -> show(lake, "--at", "2026-13"))
        .isInstanceOf(Failure.class)
        .hasMessage("Cannot read the date '2026-13': write YYYY-MM-DD or YYYY-MM");
  }

  @Test
  void saysHowToSetABudgetIfThereIsNone() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "budgets",
            "--gate",
            "--conf",
            conf.toString());
    assertThat(code).isZero();
    assertThat(err.toString()).contains("No budget is set. Write one in budgets.yml");
  }
}
