package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import costlake.testing.Duck;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a whole night on real bills. The sums of the charges must equal the sums of the native files
 * exactly.
 */
@Tag("night")
class RealBillsNightTest {
  private static final List<String> GENERATED =
      List.of("aws_1_2", "aws_1_3", "azure_1_2", "azure_1_3", "gcp_1_2", "gcp_1_3");
  private static final String FOUR_SUMS =
      "sum(BilledCost), sum(EffectiveCost), sum(ListCost), sum(ContractedCost)";

  @TempDir Path folder;

  @Test
  void keepTheirSumsInFocusInAllocationAndAcrossAllStatements() throws IOException {
    Path legacy = Shared.path("data/billing/aws/cur_legacy_2023-11.csv");
    Path sample = Shared.path("data/billing/focus/focus_1.0_sample_1000.csv");
    Path bucket = Shared.path("data/billing/aws/s3-bucket");
    copy(legacy, "legacy/2023-11");
    deliverByMonth(sample, "focus_1_0");
    for (String export : GENERATED) {
      copy(generated(export), export + "/2026-05");
    }
    SparkSession spark = night(bucket);

    assertThat(
            rows(
                spark,
                "select x_SourceId, count(*), sum(BilledCost),"
                    + " count_if(ChargeCategory = 'Tax') from focus.cost_and_usage"
                    + " where x_SourceId in ('legacy', 'bucket') group by all order by all"))
        .containsExactly(
            "bucket | 13380 | 143227.76367818761501799105 | 0",
            "legacy | 1281 | 1.6823086974 | 12");
    List<String> nativeSums = new ArrayList<>(nativeSums("focus_1_0", sample));
    for (String export : GENERATED) {
      nativeSums.addAll(nativeSums(export, generated(export)));
    }
    nativeSums.sort(null);
    assertThat(nativeSums).hasSize(GENERATED.size() + 2);
    String byMonth =
        "select x_SourceId, date_format(BillingPeriodStart, 'yyyy-MM'), BillingCurrency, %s from %s"
            + " where x_SourceId not in ('legacy', 'bucket') group by all order by all";
    String inFocus = "focus.cost_and_usage";
    String allocated = "allocation.allocated_charges";
    assertThat(rows(spark, byMonth.formatted(FOUR_SUMS, inFocus))).isEqualTo(nativeSums);
    assertThat(rows(spark, byMonth.formatted(FOUR_SUMS, allocated))).isEqualTo(nativeSums);

    String bySource = "select x_SourceId, BillingCurrency, %s from %s group by all order by all";
    assertThat(rows(spark, bySource.formatted(FOUR_SUMS, allocated)))
        .hasSize(GENERATED.size() + 3)
        .isEqualTo(rows(spark, bySource.formatted(FOUR_SUMS, inFocus)));
    assertThat(
            rows(
                spark,
                "select billing_month, billing_currency, sum(billed_cost), sum(total_cost)"
                    + " from reporting.statements where receiver_kind = 'team'"
                    + " group by all order by all"))
        .hasSize(7)
        .isEqualTo(
            rows(
                spark,
                "select to_date(BillingPeriodStart), BillingCurrency, sum(BilledCost),"
                    + " sum(EffectiveCost) from focus.cost_and_usage group by all order by all"));
    assertThat(rows(spark, "select count(distinct team_id) from reporting.statements"))
        .as("teams with a statement")
        .containsExactly("2");
  }

  /** Runs one night on the bills of six clouds, with a pool for tax. */
  private SparkSession night(Path bucket) throws IOException {
    StringBuilder sources =
        new StringBuilder("sources:\n  - {id: legacy, kind: aws-cur, location: ../legacy}\n")
            .append("  - {id: bucket, kind: aws-cur, location: \"%s\"}\n".formatted(bucket))
            .append("  - {id: focus_1_0, kind: focus, location: ../focus_1_0}\n");
    GENERATED.forEach(
        export ->
            sources.append("  - {id: %1$s, kind: focus, location: ../%1$s}\n".formatted(export)));
    write("conf/sources.yml", sources.toString());
    write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams: [{id: platform, name: Platform}, {id: search, name: Search}]
        """);
    write(
        "conf/allocation.yml",
        """
        pools:
          - {id: tax, name: Tax, where: {ChargeCategory: Tax}, driver: even, fallback: even}
        """);
    write("conf/costlake.yml", "lake: {root: ../lake}\n");
    Config config = Config.load(folder.resolve("conf"), null, Map.of());
    SparkSession spark = Sessions.session(SparkHarness.spark(), config.lake());
    NightRun.run(spark, config, "night", Set.of(), Progress.SILENT);
    Lake.open(config.lake(), spark).registerViews(table -> true);
    return spark;
  }

  private static Path generated(String export) {
    return Shared.path(
        "data/billing/focus/generated/" + export + "_cost_and_usage_rows100_seed42.csv");
  }

  /** Splits a file with rows of two billing months, and delivers a file for each month. */
  private void deliverByMonth(Path file, String source) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Map<String, List<String>> months =
        lines.stream()
            .skip(1)
            .collect(
                Collectors.groupingBy(
                    line ->
                        line.contains("\"2024-11-01 00:00:00\",\"2024-10-01 00:00:00\"")
                            ? "2024-10"
                            : "2024-09"));
    for (Map.Entry<String, List<String>> month : months.entrySet()) {
      write(
          source + "/" + month.getKey() + "/part-0.csv",
          lines.get(0) + "\n" + String.join("\n", month.getValue()) + "\n");
    }
  }

  private void copy(Path file, String to) throws IOException {
    Files.createDirectories(folder.resolve(to));
    Files.copy(file, folder.resolve(to).resolve(file.getFileName()));
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), text);
  }

  private static List<String> nativeSums(String source, Path delivered) {
    return Duck.rows(
        """
        select '%s', substr(BillingPeriodStart, 1, 7), BillingCurrency, sum(cast(BilledCost as decimal(38,21))),
          sum(cast(EffectiveCost as decimal(38,21))), sum(cast(ListCost as decimal(38,21))),
          sum(cast(coalesce(nullif(nullif(ContractedCost, 'NULL'), ''), BilledCost) as decimal(38,21)))
        from %s group by all order by all
        """
            .formatted(source, Duck.csv(delivered)));
  }

  /** Returns rows as text, with money without trailing zeros. */
  private static List<String> rows(SparkSession spark, String sql) {
    return spark.sql(sql).collectAsList().stream().map(RealBillsNightTest::text).toList();
  }

  private static String text(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      Object cell = row.get(i);
      cells.add(
          cell instanceof BigDecimal money
              ? money.signum() == 0 ? "0" : money.stripTrailingZeros().toPlainString()
              : String.valueOf(cell));
    }
    return String.join(" | ", cells);
  }
}
