package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import costlake.config.LakeConfig;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.lake.ContentHash;
import costlake.lake.Outcome;
import costlake.model.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Charges of sources that did not change are carried over from the published table. To show that a
 * night does not map a bill again, its pinned file is deleted first.
 */
@Tag("night")
class CarriedNightTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aNightThatCarriesHasTheContentOfANightFromScratch(LakeConfig.Format format) {
    TinyCompany company = company("carried", format);
    company.deliver("20");
    company.night();
    forgetBill(company, "azure");
    company.deliverOtherCosts();
    NightReport night = company.night();

    TinyCompany scratch = company("scratch", format);
    scratch.deliverOtherCosts();
    scratch.night();
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 12.1", "2026-09-02 23.7", "2026-09-03 34.3");
    assertThat(hash(company)).isEqualTo(hash(scratch));
    assertThat(company.content()).isEqualTo(scratch.content());
    assertThat(statusOf(night, "audit", "bills_conserved")).containsExactly(Outcome.Status.DONE);
  }

  @Test
  void aSourceWithOtherSettingsIsMappedAgain() {
    TinyCompany company = company("settings", LakeConfig.Format.ICEBERG);
    company.deliver("20");
    company.night();
    company.replaceInSources("provider: Microsoft}", "provider: Microsoft, focus_version: '1.1'}");
    forgetBill(company, "aws-payer");
    company.night();
    assertThat(versions(company, "azure")).containsExactly("1.1");

    TinyCompany scratch = company("settings-scratch", LakeConfig.Format.ICEBERG);
    scratch.deliver("20");
    scratch.replaceInSources("provider: Microsoft}", "provider: Microsoft, focus_version: '1.1'}");
    scratch.night();
    assertThat(company.content()).isEqualTo(scratch.content());
  }

  @Test
  void otherSettingsPutRowsOnDaysWithoutCharges() {
    TinyCompany company = company("moved", LakeConfig.Format.ICEBERG);
    deliverWithSecondStart(company, "2026-09-0%dT00:00:00Z");
    company.night();
    readSecondStart(company);
    NightReport night = company.night();

    TinyCompany scratch = company("moved-scratch", LakeConfig.Format.ICEBERG);
    deliverWithSecondStart(scratch, "2026-09-0%dT00:00:00Z");
    readSecondStart(scratch);
    scratch.night();
    assertThat(company.costByDay())
        .containsExactly(
            "2026-09-01 1.1", "2026-09-02 12.7", "2026-09-03 23.3", "2026-09-04 30.25");
    assertThat(company.content()).isEqualTo(scratch.content());
    assertThat(statusOf(night, "audit", "bills_conserved")).containsExactly(Outcome.Status.DONE);
  }

  @Test
  void settingsWithWhichRowsCannotBeReadAreRefusedUntilADeliveryHasWhatTheyNeed() {
    TinyCompany company = charges("unreadable");
    deliverWithSecondStart(company, "");
    company.night();
    List<String> before = company.costByDay();
    readSecondStart(company);
    assertThatThrownBy(company::night)
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("settings of source aws-payer", "3 of 3 rows cannot be read");
    assertThat(company.costByDay()).isEqualTo(before);

    deliverWithSecondStart(company, "2026-09-0%dT00:00:00Z");
    company.night();
    assertThat(company.costByDay())
        .containsExactly(
            "2026-09-01 1.1", "2026-09-02 12.7", "2026-09-03 23.3", "2026-09-04 30.25");
  }

  @Test
  void aFurtherKindOfASourceLeavesItsEarlierMonths() {
    TinyCompany company = charges("kinds");
    deliverFocusOfTwoMonths(company);
    company.night();
    company.replaceInSources(
        "kind: focus, focus_version: '1.1', location: ../exports/aws",
        "kind: aws-cur, location: ../exports/aws");
    company.deliver("20");
    forgetBill(company, "aws-payer/2026-08");
    company.night();
    assertThat(
            texts(
                company,
                "x_SourceId = 'aws-payer'",
                "concat_ws(' ', x_SourceKind, month(x_ChargeDate), x_FocusVersion)"))
        .contains("focus 8 1.1")
        .filteredOn(charges -> charges.contains(" 9"))
        .allMatch(charges -> charges.startsWith("aws-cur"));
  }

  @Test
  void aSourceThatIsNoLongerConfiguredKeepsItsSettings() {
    TinyCompany company = charges("unconfigured");
    company.deliver("20");
    company.replaceInSources("provider: Microsoft}", "provider: Microsoft, focus_version: '1.1'}");
    company.night();
    company.replaceInSources(
        "  - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft,"
            + " focus_version: '1.1'}\n",
        "");
    company.write("conf/costlake.yml", "lake: {native_columns: all}\n");
    company.night();
    assertThat(versions(company, "azure")).containsExactly("1.1");
    assertThat(texts(company, "x_SourceId = 'azure'", "to_json(x_SourceColumns)"))
        .isNotEmpty()
        .allMatch(columns -> columns.contains("\"BilledCost\""));
  }

  @Test
  void aChargeOfADeliveryThatWasReplacedIsMappedAgain() {
    TinyCompany company = charges("replaced");
    company.deliver("20");
    company.night();
    company.deliver("21");
    company.night();
    assertThat(awsDeliveries(company)).hasSize(2);
    company.deliverAzure(
        "2026-09",
        TinyCompany.azureLine("2026-09", "2026-09-01T00:00:00Z", "2026-09-01T01:00:00Z", "2"),
        TinyCompany.azureLine("2026-09", "2026-09-02T00:00:00Z", "2026-09-02T01:00:00Z", "2.20"));
    company.night();
    assertThat(company.costByDay())
        .containsExactly("2026-09-01 12.5", "2026-09-02 23.2", "2026-09-03 30.25");
    assertThat(awsDeliveries(company)).hasSize(1);
  }

  @Test
  void aSpreadLicenceIsCarriedOnADayOfAnotherBill() {
    TinyCompany company = company("licence", LakeConfig.Format.ICEBERG);
    company.configureLicences();
    company.deliverLicence("61");
    company.night();
    forgetBill(company, "licences");
    deliverAzureOfOctober(company);
    company.night();

    TinyCompany scratch = company("licence-scratch", LakeConfig.Format.ICEBERG);
    scratch.configureLicences();
    scratch.deliverLicence("61");
    deliverAzureOfOctober(scratch);
    scratch.night();
    assertThat(texts(company, "x_ChargeDate = '2026-10-01'", "x_SourceId"))
        .containsExactlyInAnyOrder("azure", "licences");
    assertThat(company.content()).isEqualTo(scratch.content());
  }

  @Test
  void aChangedModelMapsTheBillsOfItsKindAndLeavesTheRest() {
    TinyCompany company = charges("models");
    company.deliver("20");
    company.night();
    forgetDigest(company, "model focus.aws_rows");
    forgetBill(company, "azure");
    NightReport night = company.night();
    assertThat(night.outcomes().stream().filter(o -> o.step().equals("build")))
        .extracting(Outcome::subject, Outcome::status)
        .containsExactly(tuple("focus.cost_and_usage", Outcome.Status.UNCHANGED));
    assertThat(statusOf(night, "audit", "bills_conserved")).containsExactly(Outcome.Status.DONE);
    assertThat(company.night().message()).startsWith("Nothing new");
  }

  @Test
  void aChangedModelReadsTheBillsOfItsKind() {
    TinyCompany company = charges("model");
    company.deliver("20");
    company.night();
    forgetDigest(company, "model focus.aws_rows");
    forgetBill(company, "aws-payer");
    assertThatThrownBy(company::night).hasMessageContaining("aws-payer");
  }

  /**
   * The test adds a row to a pinned file, as if a new reader found one row more in the same file.
   */
  @Test
  void aNightOfOtherCodeCountsTheRowsAgain() {
    TinyCompany company = charges("code");
    company.deliver("20");
    company.night();
    replaceInJournal(company, "(\"code number\" ?: ?\")[0-9]+", "$10");
    Path bill = pinned(company, "aws-payer").get(0);
    List<String> lines = read(bill).lines().toList();
    company.write(
        "lake/" + company.file("lake").relativize(bill),
        read(bill) + lines.get(lines.size() - 1).replace("30.25", "1.25") + "\n");
    NightReport night = company.night();
    assertThat(statusOf(night, "audit", "bronze_complete")).containsExactly(Outcome.Status.DONE);
    assertThat(company.lake().publication().orElseThrow().deliveries())
        .filteredOn(delivery -> delivery.sourceId().equals("aws-payer"))
        .extracting(Delivery::rows)
        .containsExactly(4L);
  }

  /**
   * Delivers September's bill from AWS with a further column {@code Started}.
   *
   * @param started value of the column; %d is the day after the charge
   */
  private static void deliverWithSecondStart(TinyCompany company, String started) {
    company.deliver("20");
    String bill = "exports/aws/2026-09/bill.csv";
    List<String> lines = read(company.file(bill)).lines().toList();
    StringBuilder text = new StringBuilder(lines.get(0)).append(",Started\n");
    for (int day = 1; day < lines.size(); day++) {
      String hour = "-0%dT01:00:00Z,AmazonEC2";
      text.append(lines.get(day).replace(hour.formatted(day), hour.formatted(day + 1)))
          .append(',')
          .append(started.formatted(day + 1))
          .append('\n');
    }
    company.write(bill, text.toString());
  }

  private static void readSecondStart(TinyCompany company) {
    company.replaceInSources(
        "location: ../exports/aws}",
        "location: ../exports/aws, columns: {line_item_usage_start_date: Started}}");
  }

  /** Delivers the AWS bills of August and September as FOCUS exports. */
  private static void deliverFocusOfTwoMonths(TinyCompany company) {
    String bill = "exports/aws/2026-0%d/bill.csv";
    company.deliverAwsAsFocus(
        TinyCompany.azureLine("2026-08", "2026-08-02T00:00:00Z", "2026-08-02T01:00:00Z", "7"));
    company.write(bill.formatted(8), read(company.file(bill.formatted(9))));
    company.deliverAwsAsFocus(
        TinyCompany.azureLine("2026-09", "2026-09-02T00:00:00Z", "2026-09-02T01:00:00Z", "8"));
    company.replaceInSources(
        "kind: focus, location: ../exports/aws",
        "kind: focus, focus_version: '1.1', location: ../exports/aws");
  }

  private static void deliverAzureOfOctober(TinyCompany company) {
    company.deliverAzure(
        "2026-10",
        TinyCompany.azureLine("2026-10", "2026-10-01T00:00:00Z", "2026-10-01T01:00:00Z", "7"));
  }

  /** Creates a company whose nights build no more than the charges and the telemetry. */
  private TinyCompany charges(String name) {
    return company(name, LakeConfig.Format.ICEBERG).until(Layer.TELEMETRY);
  }

  private TinyCompany company(String name, LakeConfig.Format format) {
    return new TinyCompany(folder.resolve(name), format).until(Layer.ALLOCATION);
  }

  /** Deletes the pinned files of a source, so that a night cannot read them. */
  private static void forgetBill(TinyCompany company, String source) {
    for (Path file : pinned(company, source)) {
      assertThat(file.toFile().delete()).isTrue();
    }
  }

  private static List<Path> pinned(TinyCompany company, String source) {
    try (Stream<Path> pinned = Files.walk(company.file("lake/bronze/" + source))) {
      List<Path> files = pinned.filter(file -> file.toString().endsWith(".csv")).toList();
      assertThat(files).isNotEmpty();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a digest of the last publication, as if a model had been other then. */
  private static void forgetDigest(TinyCompany company, String fact) {
    replaceInJournal(company, "(\"" + fact + "\" ?: ?\")[0-9a-f]", "$1x");
  }

  private static void replaceInJournal(TinyCompany company, String pattern, String replacement) {
    String journal = "lake/journal/000000001.json";
    String text = read(company.file(journal));
    String changed = text.replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(text);
    company.write(journal, changed);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(TinyCompany company) {
    return ContentHash.of(company.lake().read(TinyCompany.CHARGES));
  }

  private static List<Outcome.Status> statusOf(NightReport night, String step, String subject) {
    return night.outcomes().stream()
        .filter(o -> o.step().equals(step) && o.subject().equals(subject))
        .map(Outcome::status)
        .toList();
  }

  private static List<String> versions(TinyCompany company, String source) {
    return texts(company, "x_SourceId = '" + source + "'", "x_FocusVersion");
  }

  private static List<String> awsDeliveries(TinyCompany company) {
    return texts(company, "x_SourceId = 'aws-payer'", "x_DeliveryId");
  }

  private static List<String> texts(TinyCompany company, String condition, String column) {
    return company
        .lake()
        .read(TinyCompany.CHARGES)
        .where(condition)
        .selectExpr(column)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
