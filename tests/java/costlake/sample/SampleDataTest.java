package costlake.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.testing.JavaProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the expected figures of the sample data with the figures that DuckDB computes from the
 * generated files.
 */
class SampleDataTest {
  private static final SampleSettings SMALL =
      SampleSettings.demo().months(2, YearMonth.of(2026, 9), 1).stepS(1800);
  private static final String AWS = "/exports/aws/billing/aldermoor-cur/data/*/*.parquet'";
  private static final String NET =
      "sum(cast(cast(line_item_net_unblended_cost as varchar) as decimal(38,12)))";

  @TempDir static Path shared;

  @BeforeAll
  static void generateOnce() {
    SampleData.generate(SMALL, shared.resolve("sample"), Progress.SILENT);
  }

  private static Path sample() {
    return shared.resolve("sample");
  }

  @Test
  void equalSettingsGiveEqualBytesAndAnotherSeedDoesNot(@TempDir Path dir) {
    SampleSettings month = SMALL.months(1, YearMonth.of(2026, 9), 1);
    SampleData.generate(month, dir.resolve("one"), Progress.SILENT);
    SampleData.generate(month, dir.resolve("two"), Progress.SILENT);
    SampleData.generate(month.seed(7), dir.resolve("other"), Progress.SILENT);
    Map<String, String> one = digests(dir.resolve("one"));
    assertThat(one).hasSizeGreaterThan(400).isEqualTo(digests(dir.resolve("two")));
    assertThat(digests(dir.resolve("other"))).isNotEqualTo(one);
  }

  @Test
  void expectedFiguresAreThoseOfTheAwsBill() throws SQLException {
    String effective =
        "select strftime(bill_billing_period_start_date, '%Y-%m'), sum(case line_item_line_item_type"
            + " when 'SavingsPlanCoveredUsage' then cast(cast(savings_plan_savings_plan_effective_cost as varchar) as decimal(38,12))"
            + " when 'DiscountedUsage' then cast(cast(reservation_effective_cost as varchar) as decimal(38,12))"
            + " when 'SavingsPlanNegation' then 0"
            + " when 'SavingsPlanRecurringFee' then cast(cast(savings_plan_total_commitment_to_date as varchar) as decimal(38,12)) - cast(cast(savings_plan_used_commitment as varchar) as decimal(38,12))"
            + " when 'RIFee' then cast(cast(reservation_unused_recurring_fee as varchar) as decimal(38,12)) + cast(cast(reservation_unused_amortized_upfront_fee_for_billing_period as varchar) as decimal(38,12))"
            + " when 'Fee' then case when reservation_reservation_a_r_n is null then cast(cast(line_item_net_unblended_cost as varchar) as decimal(38,12)) else 0 end"
            + " else cast(cast(line_item_net_unblended_cost as varchar) as decimal(38,12)) end) from '"
            + sample()
            + AWS
            + " group by all order by 1";
    String billed =
        "select strftime(bill_billing_period_start_date, '%Y-%m'), "
            + NET
            + " from '"
            + sample()
            + AWS
            + " group by all order by 1";
    assertThat(sums(billed)).hasSize(2).isEqualTo(truth("aws-payer", "billed_cost"));
    assertThat(sums(effective)).hasSize(2).isEqualTo(truth("aws-payer", "effective_cost"));
  }

  @Test
  void everyLineOfTheAwsBillHasADescription() throws SQLException {
    String undescribed =
        "select 'lines', count(*) from '%s%s where line_item_line_item_description is null"
            .formatted(sample(), AWS);
    assertThat(sums(undescribed).get("lines")).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void expectedFiguresAreThoseOfGooglesFocusExport() throws SQLException {
    for (String column : List.of("BilledCost", "EffectiveCost", "ListCost", "ContractedCost")) {
      String snake = column.replaceAll("([a-z])Cost", "$1_cost").toLowerCase(java.util.Locale.ROOT);
      String sum =
          "select substr(cast(BillingPeriodStart as varchar), 1, 7), sum(cast(cast("
              + column
              + " as varchar) as decimal(38,12))) from '"
              + sample()
              + "/exports/gcp/*/*.parquet' group by all";
      assertThat(sums(sum)).hasSize(2).isEqualTo(truth("gcp-focus", snake));
    }
  }

  @Test
  void costsOfInterruptibleRunsAreAllCostsOfTheirResource() throws SQLException {
    String bill =
        """
        select substr(cast(BillingPeriodStart as varchar), 1, 7), sum(cast(cast(EffectiveCost as varchar) as decimal(38,12)))
        from '%s/exports/gcp/*/*.parquet' where ResourceId like '%%/customJobs/%%' group by all"""
            .formatted(sample());
    String runs =
        """
        select regexp_extract(run_id, '[0-9]{4}-[0-9]{2}'), sum(cast(effective_cost as decimal(38,12)))
        from read_csv('%s/truth/run_costs.csv', all_varchar = true) group by all"""
            .formatted(sample());
    assertThat(sums(runs)).hasSize(2).isEqualTo(sums(bill));
  }

  @Test
  void requestsOfTenantsAreThoseOfTheLog() throws SQLException {
    String log =
        """
        select endpoint_id || tenant_id, cast(count(distinct request_id) as decimal(38,12))
        from read_csv('%s/logs/gateway/*/requests.csv', all_varchar = true) where status = '200' group by all"""
            .formatted(sample());
    String requests =
        """
        select endpoint_id || tenant_id, cast(requests as decimal(38,12))
        from read_csv('%s/truth/traffic.csv', all_varchar = true) where tenant_id is not null"""
            .formatted(sample());
    assertThat(sums(requests)).hasSize(5).isEqualTo(sums(log));
  }

  @Test
  void runsHaveOneToSixAttemptsThatEndInEveryWay() throws SQLException {
    String truth =
        "from read_csv('%s/truth/run_attempts.csv', all_varchar = true)".formatted(sample());
    assertThat(
            sums(
                "select cast(n as varchar), count(*) from (select count(*) as n %s group by run_id) group by all"
                    .formatted(truth)))
        .containsOnlyKeys("1", "2", "3", "4", "5", "6");
    assertThat(
            sums(
                "select status || ' ' || if(checkpoints = '0', 'unsaved', 'saved'), count(*) %s group by all"
                    .formatted(truth)))
        .containsOnlyKeys(
            "completed saved",
            "failed saved",
            "failed unsaved",
            "preempted saved",
            "preempted unsaved",
            "running unsaved",
            "stopped unsaved");
  }

  /** BilledCost is of the actual costs; the others are of the amortised ones and the purchases. */
  @Test
  void expectedFiguresAreThoseOfBothAzureExports() throws SQLException {
    String effective = azureSum("costInBillingCurrency", "amortized", "true");
    assertThat(sums(azureSum("costInBillingCurrency", "actual", "true")))
        .hasSize(2)
        .isEqualTo(truth("azure", "billed_cost"));
    assertThat(sums(effective)).hasSize(2).isEqualTo(truth("azure", "effective_cost"));
    String purchases = azureSum("costInBillingCurrency", "actual", "chargeType = 'Purchase'");
    for (Map.Entry<String, String> price :
        Map.of(
                "list_cost",
                "coalesce(paygCostInBillingCurrency, costInBillingCurrency)",
                "contracted_cost",
                "if(unitPrice = '0.0', costInBillingCurrency,"
                    + " cast(cast(unitPrice as decimal(19,6)) * cast(quantity as decimal(18,4)) as varchar))")
            .entrySet()) {
      String amortised = azureSum(price.getValue(), "amortized", "true");
      assertThat(
              sums(
                  "select month, sum(cost) from (%s union all %s) group by all"
                      .formatted(amortised, purchases)))
          .hasSize(2)
          .isEqualTo(truth("azure", price.getKey()));
    }
  }

  private static String azureSum(String cost, String export, String condition) {
    return """
        select billingPeriodStartDate[7:10] || '-' || billingPeriodStartDate[1:2] as month,
          sum(cast(%s as decimal(38,12))) as cost
        from read_csv('%s/exports/azure/aldermoor-%s/*/*/*.csv.gz', all_varchar=true)
        where %s group by all"""
        .formatted(cost, sample(), export, condition);
  }

  @Test
  void everyInvoiceEqualsTheBill() throws SQLException {
    String bill =
        "select bill_invoice_id, " + NET + " from '" + sample() + AWS + " group by all order by 1";
    String invoices =
        "select invoice_id, cast(amount as decimal(38,12)) from read_csv('"
            + sample()
            + "/invoices/invoices.csv', all_varchar=true) where issuer like 'Amazon%' order by 1";
    assertThat(sums(bill)).hasSize(4).isEqualTo(sums(invoices));
  }

  @Test
  void costsOfTeamsAddUpToTheTotals() throws SQLException {
    String teams =
        "select billing_month, sum(cast(effective_cost as decimal(38,12))) from read_csv('"
            + sample()
            + "/truth/team_costs.csv', all_varchar=true) where source_id = 'aws-payer' group by all";
    assertThat(sums(teams)).hasSize(2).isEqualTo(truth("aws-payer", "effective_cost"));
  }

  @Test
  void amountsAreRealistic() throws SQLException {
    BigDecimal month = truth("aws-payer", "effective_cost").get("2026-09");
    assertThat(month).isBetween(new BigDecimal("100000"), new BigDecimal("250000"));
    Map<String, BigDecimal> rates =
        sums(
            "select pricing_public_on_demand_rate, cast(sum(line_item_usage_amount) as decimal(38,12)) from '"
                + sample()
                + AWS
                + " where line_item_line_item_type = 'Usage' and line_item_usage_type ="
                + " 'BoxUsage:p5.48xlarge' and bill_billing_period_start_date >= '2026-09-01'"
                + " group by all");
    assertThat(rates).containsOnlyKeys("55.04", "49.536");
    assertThat(rates.get("55.04")).isEqualByComparingTo("360");
  }

  @Test
  void eightAcceleratorsAreIdleOnOneWeekend() throws SQLException {
    Map<String, BigDecimal> idle =
        sums(
            "select usage_date, sum(cast(idle_h as decimal(38,12))) from read_csv('"
                + sample()
                + "/truth/idle_days.csv', all_varchar=true) where idle_kind = 'node_idle' and"
                + " node_id like 'ip-10-40-17-%' and cast(idle_h as decimal(38,12)) > 0 group by all");
    assertThat(idle).containsOnlyKeys("2026-09-19", "2026-09-20");
    assertThat(idle.get("2026-09-19")).isEqualByComparingTo("192");
  }

  @Test
  void allFormatsHaveTheSameCosts(@TempDir Path dir) throws SQLException {
    SampleSettings month = SMALL.months(1, YearMonth.of(2026, 9), 0);
    SampleData.generateBill(
        month.format(SampleSettings.Format.CSV), dir.resolve("csv"), Progress.SILENT);
    SampleData.generateBill(
        month.format(SampleSettings.Format.LEGACY_CSV), dir.resolve("legacy"), Progress.SILENT);
    String csv =
        "select '2026-09', sum(cast(line_item_net_unblended_cost as decimal(38,12))) from read_csv('"
            + dir
            + "/csv/exports/aws/**/*.csv.gz', all_varchar=true)";
    String legacy =
        "select '2026-09', sum(cast(\"lineItem/NetUnblendedCost\" as decimal(38,12))) from read_csv('"
            + dir
            + "/legacy/exports/aws/**/*.csv.gz', all_varchar=true)";
    assertThat(sums(csv)).hasSize(1).isEqualTo(sums(legacy));
  }

  @Test
  void restatementOfADayChangesOnlyThatDay(@TempDir Path dir) throws SQLException {
    SampleSettings month = SMALL.months(1, YearMonth.of(2026, 9), 0);
    SampleData.generate(month, dir, Progress.SILENT);
    String days =
        "select cast(cast(line_item_usage_start_date as date) as varchar), "
            + NET
            + " from '"
            + dir
            + AWS
            + " group by all order by 1";
    Map<String, BigDecimal> before = sums(days);
    SampleData.restate(month, dir, LocalDate.of(2026, 9, 14), Progress.SILENT);
    Map<String, BigDecimal> after = sums(days);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    List<String> changed =
        after.keySet().stream()
            .filter(day -> after.get(day).compareTo(before.get(day)) != 0)
            .toList();
    assertThat(changed).containsExactly("2026-09-14");
  }

  @Test
  void refusesToRestateADayWithoutABill(@TempDir Path dir) {
    assertThatThrownBy(
            () -> SampleData.restate(SMALL, dir, LocalDate.of(2020, 1, 1), Progress.SILENT))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("2026-08 to 2026-09");
  }

  @Test
  void configurationIsValidWithHostileNames(@TempDir Path dir) {
    SampleSettings hostile =
        SMALL.months(1, YearMonth.of(2026, 9), 0).names(SampleSettings.Names.HOSTILE);
    SampleData.generate(hostile, dir, Progress.SILENT);
    Config config = Config.load(dir.resolve("conf"), null, Map.of());
    assertThat(config.owners().teams()).hasSize(6);
    assertThat(config.owners().teams().get(0).name()).contains("<script>");
    assertThat(config.sources()).hasSize(5);
  }

  @Test
  void memoryDoesNotGrowWithTheRows(@TempDir Path dir) throws IOException, InterruptedException {
    Path log = dir.resolve("log");
    int exitCode = JavaProcess.of(ManyRows.class, "128m").arguments(dir.toString()).exitCode(log);
    assertThat(exitCode).as(Files.readString(log)).isZero();
    assertThat(dir.resolve("truth/totals.csv")).content().contains("aws-payer,2026-09,USD,94");
  }

  /** Writes a large bill with a small heap. */
  static final class ManyRows {
    private ManyRows() {}

    public static void main(String[] args) {
      SampleSettings big = SampleSettings.demo().months(1, YearMonth.of(2026, 9), 0).scale(120);
      SampleData.generateBill(big, Path.of(args[0]), Progress.SILENT);
    }
  }

  private static Map<String, BigDecimal> truth(String source, String column) throws SQLException {
    return sums(
        "select billing_month, cast("
            + column
            + " as decimal(38,12)) from read_csv('"
            + sample()
            + "/truth/totals.csv', all_varchar=true) where source_id = '"
            + source
            + "'");
  }

  private static Map<String, BigDecimal> sums(String sql) throws SQLException {
    Map<String, BigDecimal> sums = new TreeMap<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows = duck.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        sums.put(rows.getString(1), rows.getBigDecimal(2).stripTrailingZeros());
      }
    }
    return sums;
  }

  private static Map<String, String> digests(Path dir) {
    try (Stream<Path> files = Files.walk(dir)) {
      Map<String, String> digests = new TreeMap<>();
      for (Path file : new ArrayList<>(files.filter(Files::isRegularFile).toList())) {
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        digests.put(dir.relativize(file).toString(), HexFormat.of().formatHex(sha));
      }
      return digests;
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
