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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Prints the forecasts of a lake with their record. */
class ForecastCommandTest {
  private static final String FORECASTS =
      """
      select to_date(as_of) as as_of, to_date('2026-09-23') as settled_until, scope_kind, scope_value, unit, period_kind, ahead,
        to_date(period_start) as period_start, to_date(period_end) as period_end, cast(known as decimal(38,21)) as known,
        cast(expected as decimal(38,2)) as expected, cast(expected - 20 as decimal(38,2)) as low, cast(expected + 30 as decimal(38,2)) as high,
        if(expected is null, null, 'flat') as method, if(expected is null, 'too little history: 3 days of 21', null) as reason
      from values
        ('2026-09-25', 'team', 'search', 'USD', 'month', 1, '2026-10-01', '2026-10-31', 0, 310),
        ('2026-09-25', 'team', 'search', 'USD', 'month', 0, '2026-09-01', '2026-09-30', 230.004, 300.5),
        ('2026-09-25', 'team', 'search', 'USD', 'year', 12, '2026-10-01', '2027-09-30', 0, 3650),
        ('2026-09-25', 'team', 'search', 'USD', 'days', 7, '2026-09-24', '2026-09-30', 0, 70),
        ('2026-09-24', 'team', 'search', 'USD', 'month', 0, '2026-09-01', '2026-09-30', 220, 999),
        ('2026-09-25', 'team', 'ads', 'USD', 'month', 0, '2026-09-01', '2026-09-30', 5, null),
        ('2026-09-25', 'company', null, 'USD', 'month', 0, '2026-09-01', '2026-09-30', 235, 400)
        as listed(as_of, scope_kind, scope_value, unit, period_kind, ahead, period_start, period_end, known, expected)
      """;
  private static final String RECORD =
      """
      select scope_kind, scope_value, 'USD' as unit, 'month' as period_kind, 0 as ahead, cast(12 as bigint) as forecasts,
        cast(0.0624 as decimal(18,9)) as wape, cast(-0.0116 as decimal(18,9)) as bias, cast(0.75 as decimal(18,9)) as coverage
      from values ('team', 'search'), ('team', 'ads') as listed(scope_kind, scope_value)
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Lake lake() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    Lake lake = company.lake();
    try (NightStage night = lake.begin("night-1")) {
      stage(night, company.session(), "governance.forecasts", FORECASTS);
      stage(night, company.session(), "governance.forecast_record", RECORD);
      night.publish(List.of(), Map.of());
    }
    return lake;
  }

  private static void stage(NightStage night, SparkSession session, String table, String query) {
    night.stageAll(
        new TableSpec(
            TableName.parse(table),
            session.sql(query).schema(),
            Partitioning.whole(),
            Map.of(),
            Set.of()),
        session.sql(query));
  }

  private void show(Lake lake, String... options) {
    ForecastCommand command = new ForecastCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    command.show(lake);
  }

  @Test
  void printsTheForecastOfTheLastNightWithItsRecord() {
    show(lake(), "--team", "search", "--format", "csv");
    assertThat(out)
        .hasToString(
            """
            period,unit,known,expected,low,high,method,off_by,too_high,inside,of_forecasts
            2026-09,USD,230,300.5,280.5,330.5,flat,6.2,-1.2,75,12
            2026-10,USD,0,310,290,340,flat,,,,0
            next 12 months,USD,0,3650,3630,3680,flat,,,,0
            """);
    assertThat(err.toString()).contains("Estimates, from days up to 2026-09-23;");
  }

  @Test
  void withoutAScopeItIsThatOfTheCompany() {
    show(lake(), "--format", "csv");
    assertThat(out.toString()).endsWith("\n2026-09,USD,235,400,380,430,flat,,,,0\n");
  }

  @Test
  void saysWhyThereIsNoForecast() {
    Lake lake = lake();
    show(lake, "--team", "ads", "--format", "csv");
    assertThat(out.toString()).endsWith("\n2026-09,USD,5,,,,,6.2,-1.2,75,12\n");
    assertThat(err.toString()).contains("No forecast in USD: too little history: 3 days of 21.");
    assertThatThrownBy(() -> show(lake, "--team", "none"))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no forecast of team 'none': it has no cost. Known: ads, search");
    assertThatThrownBy(() -> show(lake, "--model", "none"))
        .hasMessage("There is no forecast of model 'none': it has no cost. Known: ");
  }

  @Test
  void takesOneScope() {
    assertThatThrownBy(() -> show(lake(), "--team", "a", "--budget", "b"))
        .isInstanceOf(CommandLine.MutuallyExclusiveArgsException.class);
  }
}
