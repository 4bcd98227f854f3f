package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.Reject;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lands invalid deliveries. Costlake rejects their invalid rows with reasons, or refuses the whole
 * delivery.
 */
class BadInputTest {
  private static final String CUR =
      "'Usage' line_item_line_item_type, 'USD' line_item_currency_code,"
          + " timestamp'2026-09-01 05:00:00' line_item_usage_start_date, ";
  private static final String SEPTEMBER = "timestamp'2026-09-01' bill_billing_period_start_date, ";

  @TempDir Path folder;
  private final SparkSession spark = SparkHarness.spark();
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private Path parquet(String sql) throws IOException {
    Path written = deliveries.exports().resolve("2026-09/bill.dir");
    spark.sql(sql).coalesce(1).write().parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private String refusal(String kind) throws IOException {
    LandResult result = deliveries.land(deliveries.config(kind), List.of());
    assertThat(result.landed()).isEmpty();
    assertThat(deliveries.pinned()).filteredOn(p -> !p.toString().contains(".pinning")).isEmpty();
    assertThat(result.refused()).hasSize(1);
    return result.refused().get(0).message();
  }

  /** Returns a configuration that allows any number of rejected rows. */
  private Config lenient(String kind) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("costlake.yml"),
        "limits: {rejected_rows_ratio_max: 1, rejected_cost_ratio_max: 1}\n");
    return deliveries.config(kind);
  }

  private LandResult register(Config config) {
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.refused()).isEmpty();
    Bronze.register(spark, config, result.landed());
    return result;
  }

  private List<String> texts(String sql) {
    return spark.sql(sql).as(Encoders.STRING()).collectAsList();
  }

  @Test
  void refusesParquetCutInHalfByTheNameItWasDeliveredUnder() throws IOException {
    Path file = parquet("select " + CUR + SEPTEMBER + "1D line_item_unblended_cost");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(refusal("aws-cur"))
        .startsWith("Cannot read " + file + ": ")
        .contains("truncated or is not Parquet; deliver it again");
  }

  @Test
  void refusesParquetWithoutAColumnThatMustBeThere() throws IOException {
    Path file = parquet("select " + CUR + SEPTEMBER + "1D line_item_unblended_cots");
    assertThat(refusal("aws-cur"))
        .startsWith("Cannot read " + file + " as an AWS Cost and Usage Report: it has no column")
        .contains("line_item_unblended_cost. Is 'line_item_unblended_cots' a misspelling of it?");
  }

  @Test
  void refusesAFocusExportWithoutAColumnThatMustBeThere() throws IOException {
    deliveries.write(
        "2026-09/focus.csv",
        "BiledCost,BillingCurrency,ChargePeriodStart,ChargeCategory\n1,USD,2026-09-01,Usage\n");
    assertThat(refusal("focus"))
        .contains("focus.csv as FOCUS Cost and Usage: it has no column BilledCost.")
        .contains("Is 'BiledCost' a misspelling of it?");
  }

  @Test
  void refusesParquetThatHasAColumnTwiceInOtherLetterCase() throws IOException {
    spark.conf().set("spark.sql.caseSensitive", "true");
    try {
      parquet(
          "select " + CUR + SEPTEMBER + "1D line_item_unblended_cost, 2D Line_Item_Unblended_Cost");
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
    assertThat(refusal("aws-cur")).contains("has column 'Line_Item_Unblended_Cost' twice");
  }

  @Test
  void refusesAnAmountThatComesUnderTwoSpellings() throws IOException {
    deliveries.write(
        "2026-09/bill.csv",
        (Deliveries.HEADER + Deliveries.line(1, "1", "x"))
            .replace("identity/LineItemId", "line_item_unblended_cost"));
    assertThat(refusal("aws-cur"))
        .contains("'line_item_unblended_cost' and 'lineItem/UnblendedCost' are both")
        .contains("Deliver it again with each column once");
  }

  @Test
  void takesTagsWhoseKeysDifferInLetterCaseAlone() throws IOException {
    deliveries.write(
        "2026-09/bill.csv",
        Deliveries.HEADER.replace("\n", ",resourceTags/user:team\n")
            + Deliveries.line(1, "1", "a").replace("\n", ",b\n"));
    register(deliveries.config("aws-cur"));
    assertThat(
            texts(
                "select concat_ws(' ', resource_tags['user:Team'], resource_tags['user:team'])"
                    + " from bronze__aws_cur"))
        .containsExactly("a b");
  }

  @Test
  void rejectsTextAndTooLargeAmountsAndTakesNegativeAndZeroAmounts() throws IOException {
    String forty = "1234567890123456789012345678901234567890";
    deliveries.write(
        "2026-09/bill.csv",
        Deliveries.HEADER
            + Deliveries.line(1, "-1.5", "a")
            + Deliveries.line(2, "0", "b")
            + Deliveries.line(3, "-0.00", "c")
            + Deliveries.line(4, forty, "d")
            + Deliveries.line(5, "0." + forty, "e")
            + Deliveries.line(6, "twelve", "f")
            + Deliveries.line(7, "", "g"));
    LandResult result = register(lenient("aws-cur"));
    assertThat(result.rejects())
        .extracting(r -> r.row() + " " + r.reason())
        .containsExactly(
            "5 lineItem/UnblendedCost is not a number that fits decimal(38,21): '" + forty + "'",
            "7 lineItem/UnblendedCost is not a number that fits decimal(38,21): 'twelve'",
            "8 lineItem/UnblendedCost is empty");
    assertThat(
            texts(
                "select concat_ws(' ', resource_tags['user:Team'], cast(line_item_unblended_cost as"
                    + " decimal(38,2))) from bronze__aws_cur order by 1"))
        .containsExactly("a -1.50", "b 0.00", "c 0.00", "e 0.12");
  }

  @Test
  void refusesParquetWithADamagedPageWhereItLands() throws IOException {
    Path file =
        parquet(
            "select "
                + CUR
                + SEPTEMBER
                + "cast(id as double) / 7 line_item_unblended_cost from range(5000)");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.write(file, bytes);
    assertThat(refusal("aws-cur"))
        .startsWith("Cannot read " + file + ": ")
        .contains("The file is truncated or damaged; deliver it again");
  }

  @Test
  void rejectsParquetTextAndTypesThatAreNoMoneyOrTime() throws IOException {
    String forty = "1234567890123456789012345678901234567890";
    parquet(
        "select "
            + CUR
            + SEPTEMBER
            + "c line_item_unblended_cost, t line_item_usage_end_date, f line_item_usage_amount"
            + " from values ('1.5', cast(null as bigint), cast(null as boolean)), ('twelve', null,"
            + " null), ('"
            + forty
            + "', null, null), ('', null, null), ('1', 1756684800, null), ('1', null, true)"
            + " as v(c, t, f)");
    assertThat(refusal("aws-cur"))
        .contains("5 of 6 rows cannot be read")
        .contains(".parquet row 2, line_item_unblended_cost is not a number that fits");
    Config config = lenient("aws-cur");
    LandResult result = register(config);
    String noMoney = " is not a number that fits decimal(38,21): '";
    List<Reject> rejects = result.rejects();
    assertThat(deliveries.rejects(config, result.landed())).containsExactlyElementsOf(rejects);
    assertThat(rejects)
        .extracting(r -> r.row() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "2 line_item_unblended_cost" + noMoney + "twelve'",
            "3 line_item_unblended_cost" + noMoney + forty + "'",
            "4 line_item_unblended_cost is empty",
            "5 line_item_usage_end_date is not a date or time: '1756684800'",
            "6 line_item_usage_amount" + noMoney + "true'");
    assertThat(rejects).allSatisfy(r -> assertThat(r.file()).startsWith("bronze/src/2026-09/"));
    assertThat(texts("select line_item_unblended_cost from bronze__aws_cur"))
        .containsExactly("1.5");
  }

  @Test
  void rejectsInvalidMonthsOfBenefitsInParquet() throws IOException {
    parquet(
        "select 'm' model_id, c month, 'revenue' kind, '1' value from values ('2026-09'), ('soon')"
            + " as v(c)");
    LandResult result = register(lenient("benefits"));
    assertThat(texts("select cast(month as string) from bronze__benefits"))
        .containsExactly("2026-09");
    assertThat(result.rejects())
        .extracting(Reject::reason)
        .containsExactly("month is not a month: 'soon'");
  }

  @Test
  void readsByteOrderMarkCrLfAndLineEndsInsideQuotes() throws IOException {
    String crLf =
        ("\uFEFF"
                + Deliveries.HEADER
                + Deliveries.line(1, "1.5", "\"two\nlines, \"\"quoted\"\"\"")
                + Deliveries.line(2, "2", "data"))
            .replace("\n", "\r\n");
    deliveries.write("2026-09/bill.csv", crLf);
    assertThat(register(deliveries.config("aws-cur")).rejects()).isEmpty();
    assertThat(
            texts(
                "select concat_ws('|', _row, identity_line_item_id, line_item_unblended_cost,"
                    + " resource_tags['user:Team']) from bronze__aws_cur order by _row"))
        .containsExactly("2|id-1|1.5|two\r\nlines, \"quoted\"", "4|id-2|2|data");
  }

  @Test
  void rejectsARecordAboveTheLimitOfItsSizeAndSaysWhichLimit() throws IOException {
    int bytes = 1 << 20;
    deliveries.write(
        "2026-09/bill.csv.gz",
        Deliveries.HEADER
            + Deliveries.line(1, "1", "x".repeat(bytes - 120))
            + Deliveries.line(2, "2", "y".repeat(bytes)));
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("costlake.yml"), "limits: {record_size_mib_max: 1}\n");
    assertThat(refusal("aws-cur"))
        .contains("1 of 2 rows cannot be read")
        .contains("bill.csv.gz line 3, a record longer than 1048576 bytes")
        .contains("limits.record_size_mib_max; raise it if a record may be that long");
  }

  @Test
  void rejectsRowsThatAreNotUtf8WithTheirLine() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv", "");
    Files.write(
        file,
        (Deliveries.HEADER + Deliveries.line(1, "1", "zürich") + Deliveries.line(2, "2", "bern"))
            .getBytes(StandardCharsets.ISO_8859_1));
    LandResult result = register(lenient("aws-cur"));
    assertThat(result.rejects())
        .extracting(r -> r.row() + " " + r.reason())
        .containsExactly("2 bytes that are not UTF-8");
    assertThat(texts("select resource_tags['user:Team'] from bronze__aws_cur"))
        .containsExactly("bern");
  }

  @Test
  void refusesAHeaderInAnotherEncoding() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv", "");
    Files.write(
        file,
        (Deliveries.HEADER.replace("Team", "Größe") + Deliveries.line(1, "1", "x"))
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal("aws-cur")).contains("bill.csv: it is not UTF-8. Deliver the file as UTF-8");
  }

  @Test
  void refusesUtf16WithoutAMark() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv", "");
    Files.write(
        file,
        (Deliveries.HEADER + Deliveries.line(1, "1.5", "x")).getBytes(StandardCharsets.UTF_16LE));
    assertThat(refusal("aws-cur"))
        .contains("it contains NUL characters, as UTF-16 does. Deliver it as UTF-8.");
  }

  @Test
  void refusesTheSameFileTwiceInOneDelivery() throws IOException {
    String bill = Deliveries.HEADER + Deliveries.line(1, "1", "x");
    deliveries.write("2026-09/bill.csv", bill);
    deliveries.write("2026-09/copy of bill.csv", bill);
    assertThat(refusal("aws-cur"))
        .contains("its files bill.csv and copy_of_bill.csv are the same")
        .contains("every row would count twice. Remove one of them.");
  }

  @Test
  void refusesParquetOfAnotherMonthThanItsFolder() throws IOException {
    parquet(
        "select "
            + CUR
            + "timestamp'2026-07-01' bill_billing_period_start_date, 1D line_item_unblended_cost");
    assertThat(refusal("aws-cur"))
        .contains("the manifest or the folder name states 2026-09, but the rows are of 2026-07");
  }

  @Test
  void refusesFilesOfAManifestThatAreNoTable() throws IOException {
    deliveries.write("rep/20260901-20261001/a1/bill.csv.zip", "PK");
    deliveries.manifest("a1", "rep/20260901-20261001/a1/bill.csv.zip");
    assertThat(refusal("aws-cur"))
        .contains("bill.csv.zip: only .csv, .json, .jsonl, .ndjson and .psv");
  }

  @Test
  void refusesAManifestThatCannotBeRead() throws IOException {
    deliveries.write("rep/20260901-20261001/rep-Manifest.json", "{\"assemblyId\": ");
    assertThat(refusal("aws-cur"))
        .contains("Cannot read the manifest")
        .contains("rep-Manifest.json");
  }

  @Test
  void refusesAManifestOfNoMonth() throws IOException {
    deliveries.write(
        "rep/rep-Manifest.json", "{\"billingPeriod\":{\"start\":\"20261301T000000.000Z\"}}");
    assertThat(refusal("aws-cur")).contains("rep-Manifest.json: it names no billing period");
  }

  @Test
  void neverFollowsAManifestOutOfItsSource() throws IOException {
    Files.writeString(folder.resolve("secret.csv"), Deliveries.HEADER);
    deliveries.manifest("a1", "../secret.csv", "../../etc/passwd");
    assertThat(refusal("aws-cur"))
        .contains("it names 2 file(s) that do not exist, first ../secret.csv");
  }
}
