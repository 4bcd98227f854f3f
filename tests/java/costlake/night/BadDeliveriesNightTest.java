package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.lake.Publication;
import costlake.model.Layer;
import costlake.report.StatementStatus;
import costlake.report.Statements;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whole nights on deliveries that are wrong or hostile. */
@Tag("night")
class BadDeliveriesNightTest {
  private static final String AWS = "exports/aws/2026-09/bill.csv";
  private static final String AZURE = "exports/azure/2026-09/part-0.csv";
  private static final String SUMS =
      "select concat_ws(' ', x_ChargeDate, BillingCurrency, cast(sum(BilledCost) as decimal(9,2)))"
          + " from focus.cost_and_usage group by x_ChargeDate, BillingCurrency order by 1";
  private static final String LEDGER =
      "select concat_ws(' ', cast(sum(BilledCost) filter (where x_SourceId = 'aws-payer') as"
          + " decimal(9,2)), cast(sum(BilledCost) filter (where x_SourceId = 'azure') as"
          + " decimal(9,2))) from allocation.allocated_charges";

  @TempDir Path folder;

  @Test
  void keepsUnreadableParquetRowsBelowTheLimitAndStopsAboveIt() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
    company.write("conf/costlake.yml", "limits: {rejected_rows_ratio_max: 0.25}\n");
    parquet(company, "10.5", "NaN", "30.25", "20");
    assertThat(company.night().publication()).isPresent();
    List<String> published = company.ask(SUMS);
    assertThat(published)
        .containsExactly(
            "2026-09-01 USD 11.60",
            "2026-09-02 USD 2.20",
            "2026-09-03 USD 33.55",
            "2026-09-04 USD 20.00");
    String rejects =
        "select concat_ws(' ', run_id, source_id, row, reason, file like"
            + " 'bronze/aws-payer/2026-09/%.parquet') from ops.rejects order by run_id, row";
    String nan = " line_item_unblended_cost is not a number that fits decimal(38,21): 'NaN' true";
    assertThat(company.ask(rejects)).containsExactly("night-all-1 aws-payer 2" + nan);

    Publication before = company.lake().publication().orElseThrow();
    parquet(company, "NaN", "NaN", "30.25", "20");
    assertThatThrownBy(company::night)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("the last publication stays in force")
        .hasMessageContaining(
            "2 of 4 rows cannot be read, more than limits.rejected_rows_ratio_max 0.25");
    assertThat(company.lake().publication()).contains(before);
    assertThat(company.ask(SUMS)).isEqualTo(published);
    assertThat(company.ask(rejects))
        .containsExactly(
            "night-all-1 aws-payer 2" + nan,
            "night-all-2 aws-payer 1" + nan,
            "night-all-2 aws-payer 2" + nan);
    assertThat(
            company.ask(
                "select concat_ws(' ', step, subject, status) from ops.outcomes"
                    + " where run_id = 'night-all-2' and status = 'failed'"))
        .containsExactly("land aws-payer 2026-09-01 failed");

    company.write("conf/costlake.yml", "limits: {rejected_rows_ratio_max: 0.5}\n");
    assertThat(company.night().publication()).as("once the limit is raised").isPresent();
    assertThat(company.ask(SUMS)).startsWith("2026-09-01 USD 1.10", "2026-09-02 USD 2.20");
  }

  @Test
  void countsARepeatedLineOnce() throws IOException {
    TinyCompany company =
        new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ALLOCATION);
    company.deliver("20");
    List<String> lines = Files.readAllLines(company.file(AWS));
    String fourth = lines.get(3).replace("id-3", "id-4").replace("30.25", "7");
    company.write(
        "exports/aws/2026-09/repeats.csv",
        String.join("\n", lines.get(0), lines.get(1), lines.get(2), fourth) + "\n");
    assertThat(company.night().publication()).isPresent();
    // 10.5 + 20 + 30.25 + 7 of AWS, and 1.1 + 2.2 + 3.3 of Azure.
    assertThat(company.ask(LEDGER)).containsExactly("67.75 6.60");
    assertThat(
            company.ask(
                "select concat_ws(' ', source_id, row, reason) from ops.rejects order by row"))
        .containsExactly(
            "aws-payer 2 repeats bill.csv line 2 in every column, which counts",
            "aws-payer 3 repeats bill.csv line 3 in every column, which counts");
  }

  @Test
  void refusesABillWithAFileThatRepeatsAnotherUnlessTheSourceAllowsIt() throws IOException {
    TinyCompany company =
        new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ALLOCATION);
    company.deliver("20");
    List<String> lines = Files.readAllLines(company.file(AZURE));
    company.write(
        "exports/azure/2026-09/repeats.csv",
        String.join("\n", lines.get(0), lines.get(1), lines.get(2)) + "\n");
    assertThatThrownBy(company::night)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContaining("2 of its rows, with a cost of 3.3, repeat an earlier row")
        .hasMessageContaining("2 of the 2 rows of repeats.csv are also in other files");
    assertThat(company.lake().publication()).isEmpty();

    company.replaceInSources("provider: Microsoft", "provider: Microsoft, duplicate_rows: keep");
    assertThat(company.night().publication()).isPresent();
    assertThat(company.ask(LEDGER)).containsExactly("60.75 9.90");
  }

  @Test
  void publishesHostileNamesTwoCurrenciesAndAnEmptyMonthAsTheyAre() throws IOException {
    TinyCompany company = hostile();
    assertThat(company.night().publication()).isPresent();
    assertThat(company.ask(SUMS))
        .containsExactly(
            "2026-09-01 USD 10.50",
            "2026-09-02 EUR 2.20",
            "2026-09-02 USD 20.00",
            "2026-09-03 USD 26.95");
    assertThat(
            company.ask(
                "select concat_ws(' ', x_TeamId, BillingCurrency,"
                    + " cast(sum(BilledCost) as decimal(9,2))) from allocation.allocated_charges"
                    + " group by x_TeamId, BillingCurrency order by 1"))
        .containsExactly("platform EUR 2.20", "platform USD 46.95", "search USD 10.50");
    assertThat(
            company.ask(
                "select concat_ws(' ', ResourceId, SubAccountId, ChargeDescription) from"
                    + " focus.cost_and_usage where x_SourceId = 'aws-payer' order by x_ChargeDate"))
        .startsWith("=cmd()|calc <script> two\nlines, \"quoted\"");
    assertThat(
            company.ask(
                "select ServiceName from focus.cost_and_usage where BillingCurrency = 'EUR'"))
        .containsExactly("'; drop table x; --");
    assertThat(
            company.ask(
                "select concat_ws(' ', billing_period, rows) from ops.deliveries"
                    + " where source_id = 'azure' order by 1"))
        .containsExactly("2026-08-01 0", "2026-09-01 3");
    printsInertStatements(company);
    publishesNothingOfWhatIsRefused(company);
  }

  private void printsInertStatements(TinyCompany company) throws IOException {
    Path to = folder.resolve("statements");
    List<Path> files =
        new Statements(Locale.US)
                .of(
                    company.reporting(),
                    YearMonth.of(2026, 9),
                    Optional.empty(),
                    team -> StatementStatus.preliminary(1))
                .stream()
                .flatMap(document -> document.write(to).stream())
                .toList();
    assertThat(files)
        .extracting(file -> to.relativize(file.normalize()).toString())
        .containsExactly(
            "2026-09/platform/statement.html",
            "2026-09/platform/statement.pdf",
            "2026-09/platform/statement.xlsx",
            "2026-09/search/statement.html",
            "2026-09/search/statement.pdf",
            "2026-09/search/statement.xlsx");
    String html = Files.readString(files.get(0)) + Files.readString(files.get(3));
    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; =cmd()")
        .doesNotContain("<script>");
    assertThat(teamsInside(files.get(1))).containsExactly("platform");
    assertThat(teamsInside(files.get(4))).containsExactly("search");
  }

  /** Returns the teams of the rows in the CSV files that are attached to a PDF. */
  private static Set<String> teamsInside(Path file) throws IOException {
    Set<String> teams = new TreeSet<>();
    try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
      var files = pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
      assertThat(files).containsKeys("statements.csv", "statement_lines.csv");
      for (PDComplexFileSpecification csv : files.values()) {
        String text = new String(csv.getEmbeddedFile().toByteArray(), StandardCharsets.UTF_8);
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
          rows.forEach(row -> teams.add(row.getField("team_id")));
        }
      }
    }
    return teams;
  }

  private static void publishesNothingOfWhatIsRefused(TinyCompany company) throws IOException {
    Publication before = company.lake().publication().orElseThrow();
    List<String> published = company.ask(SUMS);
    String whole = Files.readString(company.file(AWS));
    List<String> refused =
        List.of(
            whole.substring(0, whole.indexOf("id-2")),
            whole.replace(",20,20,", ",20,twenty,"),
            whole.replace("2026-09-01T00:00:00Z,2026-10-01", "2026-07-01T00:00:00Z,2026-08-01"));
    for (String delivery : refused) {
      company.write(AWS, delivery);
      assertThatThrownBy(company::night)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA));
      assertThat(company.lake().publication()).contains(before);
    }
    assertThat(company.ask(SUMS)).isEqualTo(published);
    assertThat(company.ask("select concat_ws(' ', source_id, row, reason) from ops.rejects"))
        .containsExactly(
            "aws-payer 4 lineItem/UnblendedCost is not a number that fits decimal(38,21):"
                + " 'twenty'");
    assertThat(
            company.ask("select message from ops.runs where status = 'failed' order by started_at"))
        .satisfiesExactly(
            lost -> assertThat(lost).contains("limits.lost_rows_ratio_max 0.5"),
            text -> assertThat(text).contains("1 of 3 rows cannot be read"),
            month -> assertThat(month).contains("states 2026-09, but the rows are of 2026-07"));
    company.write(AWS, whole);
    assertThat(company.night().message()).as("the same delivery twice").startsWith("Nothing new");
    assertThat(company.lake().publication()).contains(before);
  }

  /**
   * Creates a company with hostile text wherever a name can occur, a second currency, and a month
   * without rows.
   */
  private TinyCompany hostile() throws IOException {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.deliver("20");
    company.write(
        "conf/owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: "'; drop table conf.teams; --"}
          - {id: search, name: "<script>alert(1)</script> =cmd()"}
        tags:
          values: {team: {"../../etc": search}}
        """);
    company.write(
        AWS,
        Files.readString(company.file(AWS))
            .replaceFirst(",search\n", ",../../etc\n")
            .replaceFirst(",search\n", ",'; drop table focus.cost_and_usage; --\n")
            .replaceFirst(",search\n", ",<script>alert(1)</script>\n")
            .replace("i-0abc1", "=cmd()|calc")
            .replace("m5.large an hour", "\"two\nlines, \"\"quoted\"\"\"")
            .replace("111122223333,Usage", "<script>,Usage"));
    String azure = Files.readString(company.file(AZURE));
    company.write("exports/azure/2026-08/part-0.csv", azure.lines().findFirst().orElseThrow());
    company.write(
        AZURE,
        azure
            .replace("2.20,USD", "2.20,EUR")
            .replace("3.30", "-3.30")
            .replace("1.10", "0")
            .replace("Virtual Machines", "'; drop table x; --")
            .replaceFirst("\\{}", "\"{\"\"team\"\":\"\"=cmd()\"\",\"\"team\"\":\"\"../x\"\"}\""));
    return company;
  }

  /** Delivers September's bill as Parquet, with a line of the given cost for each day. */
  private static void parquet(TinyCompany company, String... costs) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < costs.length; i++) {
      rows.append(i == 0 ? "" : ", ").append("(%d, double('%s'))".formatted(i, costs[i]));
    }
    company
        .session()
        .sql(
            """
            select 'id-' || day identity_line_item_id, 'AWS' bill_billing_entity,
              'Anniversary' bill_bill_type, '111122223333' bill_payer_account_id,
              timestamp'2026-09-01' bill_billing_period_start_date,
              timestamp'2026-10-01' bill_billing_period_end_date,
              '111122223333' line_item_usage_account_id, 'Usage' line_item_line_item_type,
              timestampadd(day, day, timestamp'2026-09-01') line_item_usage_start_date,
              timestampadd(hour, 24 * day + 1, timestamp'2026-09-01') line_item_usage_end_date,
              'AmazonEC2' line_item_product_code, 'BoxUsage:m5.large' line_item_usage_type,
              'RunInstances' line_item_operation, 'i-0abc' line_item_resource_id,
              1 line_item_usage_amount, 'USD' line_item_currency_code,
              cost line_item_unblended_cost, 'Hrs' pricing_unit, map('user_team', 'search') resource_tags
            from values %s as v(day, cost)
            """
                .formatted(rows))
        .coalesce(1)
        .write()
        .mode("overwrite")
        .parquet(company.file("exports/aws/2026-09/bill").toString());
  }
}
