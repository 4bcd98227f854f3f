package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Progress;
import costlake.init.Init;
import costlake.init.InitReport;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import costlake.night.NightRun;
import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night runs with the configuration that init writes, without changes. */
@Tag("night")
class InitNightTest {
  private static final Path BILL = Path.of("tests/fixtures/bill");

  @TempDir Path folder;

  @Test
  void theStatementsContainTheWholeCostOfTheBill() {
    Path conf = folder.resolve("mine");
    InitReport written =
        Init.write(
            SparkHarness.spark().newSession(),
            Config.defaults(folder),
            Init.recognise(BILL, conf),
            conf,
            Progress.SILENT);
    Config config = Config.load(conf, null, Map.of());
    SparkSession spark = Sessions.session(SparkHarness.spark(), config.lake());
    NightRun.run(spark, config, "night", Set.of(), Progress.SILENT);

    Lake lake = Lake.open(config.lake(), spark);
    lake.registerViews(table -> table.equals("reporting.statements"));
    BigDecimal billed =
        spark
            .sql("select sum(billed_cost) from reporting.statements where receiver_kind = 'team'")
            .first()
            .getDecimal(0);
    assertThat(billed).isEqualByComparingTo("1450.01515");

    // Computed by hand: 2 x 24 h at 5.672 and 820.5 GB at 0.023; 16.5 h at 32.7726 and 1500.25 GB
    // at 0.023.
    assertThat(cost(spark, "search")).isEqualByComparingTo("291.1275");
    assertThat(cost(spark, "vision")).isEqualByComparingTo("575.25365");

    BillingPeriod month = new BillingPeriod(written.months().get(0));
    List<Path> files =
        ReportCommand.documents(lake, config, month, Optional.empty()).stream()
            .map(document -> document.write(Path.of(config.statement().to())))
            .flatMap(List::stream)
            .toList();
    assertThat(files)
        .hasSize(3 * (written.teams() + 1))
        .allSatisfy(
            file ->
                assertThat(file).isNotEmptyFile().startsWith(folder.resolve("mine-statements")));
  }

  private static BigDecimal cost(SparkSession spark, String team) {
    return spark
        .sql("select total_cost from reporting.statements where team_id = '" + team + "'")
        .first()
        .getDecimal(0);
  }
}
