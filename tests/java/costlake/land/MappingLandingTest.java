package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.build.SpreadDays;
import costlake.config.Config;
import costlake.config.SourceRelation;
import costlake.config.UserMapping;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.core.Reject;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night lands files of any columns by the user's mapping. */
class MappingLandingTest {
  private static final String MAPPING =
      """
      title: invoices of Acme
      skip:
        - {item: Total}
      charges:
        BillingAccountId: {value: a-1}
        ChargePeriodStart: day
        ChargePeriodEnd: {lasts: day}
        BilledCost: amount
        BillingCurrency: {value: USD}
        ServiceCategory: {value: Compute}
        ServiceName: item
        ServiceProviderName: {value: Acme}
      """;
  private static final String BILL =
      """
      day,item,amount,rack
      2026-09-03,Machine,12.50,r7
      2026-09-04,Disk,1.25,r8
      ,Total,13.75,
      """;
  private static final SourceRelation MAPPED = UserMapping.kind().relations().get(0);

  @TempDir Path dir;
  private final SparkSession spark = SparkHarness.spark();
  private Deliveries deliveries;
  private Config config;

  @BeforeEach
  void writes() throws IOException {
    deliveries = new Deliveries(dir);
    deliveries.write("2026-09/bill.csv", BILL);
    mapping(MAPPING);
  }

  private void mapping(String yaml) throws IOException {
    Path mappings = Files.createDirectories(dir.resolve("conf/mappings"));
    Files.writeString(mappings.resolve("acme.yml"), yaml);
    config = deliveries.config("mapping", deliveries.exports().toString(), ", mapping: acme");
  }

  private Delivery landed(List<Delivery> known) {
    LandResult result = deliveries.land(config, known);
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).hasSize(1);
    return result.landed().get(0);
  }

  private Map<SourceRelation, Set<LocalDate>> changed(Delivery before, Delivery after) {
    return Bronze.changedDays(spark, config, Optional.of(before), after);
  }

  private List<String> rows(Delivery delivery) {
    return Bronze.rows(spark, config, MAPPED, delivery)
        .selectExpr(
            "concat_ws(' ', _row, ChargePeriodStart, ServiceName, BilledCost, native['rack'],"
                + " _skipped)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void everyDeliveredRowKeepsItsPlace() {
    Delivery delivery = landed(List.of());
    assertThat(delivery.rows()).isEqualTo(3);
    assertThat(delivery.rejected()).isZero();
    assertThat(rows(delivery))
        .containsExactly(
            "2 2026-09-03T00:00 Machine 12.5 r7",
            "3 2026-09-04T00:00 Disk 1.25 r8",
            "4 2026-09-01 skip 1");
  }

  @Test
  void saysWhatASkipLeavesOut() {
    assertThat(deliveries.land(config, List.of()).notices())
        .extracting(LandResult.Notice::message)
        .containsExactly("1 row with a cost of 13.75 left out by 'skip 1' of the mapping");
  }

  @Test
  void anUnchangedMappingLandsNothingAgain() {
    Delivery delivery = landed(List.of());
    LandResult again = deliveries.land(config, List.of(delivery));
    assertThat(again.landed()).isEmpty();
    assertThat(again.unchanged()).containsExactly(delivery);
  }

  @Test
  void aChangedMappingChangesTheDaysWhoseRowsDiffer() throws IOException {
    Delivery before = landed(List.of());
    mapping(
        MAPPING.replace(
            "ServiceName: item",
            "ServiceName: {column: item, values: {Disk: Storage}, otherwise: Machine}"));
    Delivery after = landed(List.of(before));
    assertThat(after.deliveryId()).isNotEqualTo(before.deliveryId());
    assertThat(changed(before, after))
        .containsExactly(Map.entry(MAPPED, Set.of(LocalDate.parse("2026-09-04"))));
    assertThat(rows(before)).contains("3 2026-09-04T00:00 Disk 1.25 r8");
    assertThat(rows(after)).contains("3 2026-09-04T00:00 Storage 1.25 r8");
  }

  @Test
  void aChangedPriceChangesTheDaysOnWhichItIsInForce() throws IOException {
    prices("3");
    Delivery before = landed(List.of());
    prices("4");
    assertThat(changed(before, landed(List.of(before))))
        .containsExactly(Map.entry(MAPPED, Set.of(LocalDate.parse("2026-09-04"))));
  }

  private void prices(String newPrice) throws IOException {
    Path mappings = Files.createDirectories(dir.resolve("conf/mappings"));
    Files.writeString(
        mappings.resolve("prices.csv"),
        "unit,price,from,to\nHours,2,,2026-09-04\nHours,%s,2026-09-04,\n".formatted(newPrice));
    mapping(
        MAPPING.replace(
                "  BilledCost: amount\n",
                "  PricingQuantity: amount\n  PricingUnit: {value: Hours}\n")
            + "price_list: prices.csv\n");
  }

  @Test
  void anotherWordingOfAMappingChangesNoDay() throws IOException {
    Delivery before = landed(List.of());
    mapping("# Approved by finance\n" + MAPPING);
    assertThat(changed(before, landed(List.of(before))))
        .containsExactly(Map.entry(MAPPED, Set.of()));
  }

  @Test
  void aChangedMappingAppliesToMonthsWhoseFilesAreGone() throws IOException {
    Delivery before = landed(List.of());
    Files.delete(deliveries.exports().resolve("2026-09/bill.csv"));
    assertThat(deliveries.land(config, List.of(before)).landed()).isEmpty();
    mapping(MAPPING.replace("BillingAccountId: {value: a-1}", "BillingAccountId: rack"));
    Delivery after = landed(List.of(before));
    assertThat(after.files().get(0).sha256()).isEqualTo(before.files().get(0).sha256());
    assertThat(changed(before, after).get(MAPPED)).hasSize(2);
    assertThat(deliveries.land(config, List.of(after)).landed()).isEmpty();
  }

  @Test
  void aPinThatTheChangedMappingCannotReadKeepsItsMapping() throws IOException {
    Delivery before = landed(List.of());
    Files.delete(deliveries.exports().resolve("2026-09/bill.csv"));
    mapping(MAPPING.replace("BilledCost: amount", "BilledCost: total"));
    LandResult result = deliveries.land(config, List.of(before));
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).isEmpty();
    assertThat(result.unchanged()).containsExactly(before);
    assertThat(result.notices())
        .extracting(LandResult.Notice::message)
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains("keeps its earlier mapping", "it has no column 'total'"));
    assertThat(rows(before)).hasSize(3);
  }

  private LandResult allMonths(List<Delivery> known) {
    return Landing.land(config, "run-1", Deliveries.NOW, known, Set.of(), Progress.SILENT);
  }

  @Test
  void aFileThatMovesToAnotherMonthDoesNotCountTwice() throws IOException {
    Files.delete(deliveries.exports().resolve("2026-09/bill.csv"));
    deliveries.write("bill.csv", "day,item,amount\n03/09/2026,Machine,12.50\n");
    mapping(MAPPING + "times: [MM/dd/yyyy]\n");
    Delivery march = allMonths(List.of()).landed().get(0);
    assertThat(march.billingPeriod()).isEqualTo("2026-03-01");
    mapping(MAPPING + "times: [dd/MM/yyyy]\n");
    LandResult result = allMonths(List.of(march));
    assertThat(result.landed())
        .extracting(Delivery::billingPeriod)
        .containsExactly(LocalDate.parse("2026-09-01"));
    assertThat(result.refused())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.message())
                    .contains("its files are of 2026-09, where they would count a second time"));
  }

  @Test
  void rowsThatDoNotFitAreKeptWithTheReason() throws IOException {
    deliveries.write("2026-09/bill.csv", BILL.replace("1.25,r8", "-1.25,r8"));
    config = withRejects();
    Delivery delivery = landed(List.of());
    assertThat(delivery.rejected()).isEqualTo(1);
    assertThat(rows(delivery)).hasSize(2);
    List<Reject> rejects =
        Bronze.rejected(spark, config, UserMapping.kind(), List.of(delivery))
            .collectAsList()
            .stream()
            .map(Bronze::reject)
            .toList();
    assertThat(rejects).hasSize(1);
    assertThat(rejects.get(0).row()).isEqualTo(3);
    assertThat(rejects.get(0).reason()).startsWith("BilledCost -1.25 is negative");
    assertThat(rejects.get(0).raw()).isEqualTo("2026-09-04,Disk,-1.25,r8");
  }

  private Config withRejects() throws IOException {
    return Config.load(
        dir.resolve("conf"),
        null,
        Map.of(
            "lake.root",
            dir.resolve("lake").toString(),
            "limits.rejected_rows_ratio_max",
            "0.5",
            "limits.rejected_cost_ratio_max",
            "0.5"));
  }

  @Test
  void aMappingThatFitsTooFewRowsLandsNothing() throws IOException {
    Delivery before = landed(List.of());
    mapping(MAPPING.replace("{value: USD}", "{column: item, values: {Disk: USD}}"));
    LandResult result = deliveries.land(config, List.of(before));
    assertThat(result.landed()).isEmpty();
    assertThat(result.unchanged()).containsExactly(before);
    assertThat(result.refused().get(0).message())
        .contains("1 of 3 rows cannot be read")
        .contains("item (BillingCurrency): 'Machine' is not among its values");
    assertThat(rows(before)).hasSize(3);
  }

  @Test
  void aColumnThatTheFileLacksIsNamedByTheDoctorAndTheNight() throws IOException {
    mapping(MAPPING.replace("BilledCost: amount", "BilledCost: amout"));
    assertThat(Deliveries.check(config).problems())
        .singleElement()
        .asString()
        .contains("it has no column 'amout', which", "acme.yml names. Did you mean 'amount'?");
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused().get(0).message()).contains("it has no column 'amout'");
    assertThat(deliveries.pinned()).noneMatch(file -> file.endsWith("_delivery.json"));
  }

  @Test
  void aFileWithSemicolonsIsNamed() throws IOException {
    deliveries.write("2026-09/bill.csv", BILL.replace(',', ';'));
    assertThat(deliveries.land(config, List.of()).refused().get(0).message())
        .contains("its columns are separated by ';', not by commas");
  }

  @Test
  void theDoctorAcceptsAHeaderThatFits() {
    SourceCheck check = Deliveries.check(config);
    assertThat(check.problems()).isEmpty();
    assertThat(check.summary()).isEqualTo("1 file of mapping");
  }

  @Test
  void anInvoiceThatLiesThereTwiceIsRefused() throws IOException {
    deliveries.write("2026-09/bill (1).csv", BILL);
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused().get(0).message())
        .contains("are the same", "every row would count twice");
  }

  @Test
  void aSpreadRowTouchesTheMonthsOfItsPeriod() throws IOException {
    mapping(MAPPING.replace("lasts: day", "lasts: month") + "spread: months\n");
    Dataset<Row> rows = Bronze.rows(spark, config, MAPPED, landed(List.of()));
    assertThat(
            SpreadDays.days(
                spark,
                Models.embedded().compile(),
                new RelationName("bronze", MAPPED.name()),
                rows.limit(0),
                rows))
        .containsExactly(
            LocalDate.parse("2026-09-03"),
            LocalDate.parse("2026-09-04"),
            LocalDate.parse("2026-10-01"));
  }

  @Test
  void aFileOfWhichNoRowFitsIsRefusedWithTheReasonOfTheFirst() throws IOException {
    Files.delete(deliveries.exports().resolve("2026-09/bill.csv"));
    deliveries.write("bill.csv", BILL);
    mapping(MAPPING + "times: [MM/dd/yyyy]\n");
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.refused().get(0).message())
        .contains("no row that can be read states the billing month", "bill.csv", "'2026-09-03'")
        .doesNotContain("YYYY-MM");
  }

  @Test
  void aNamedFileIsReadWithTheNamedMappingEvenIfItIsPinned() throws IOException {
    Delivery landed = landed(List.of());
    Path changed = dir.resolve("changed.yml");
    Files.writeString(changed, MAPPING.replace("ServiceName: item", "ServiceName: {value: Rack}"));
    Config named = Landing.mapped(config, UserMapping.read(changed));
    Delivery given =
        NamedFiles.deliveries(
                named,
                List.of(Path.of(landed.files().get(0).path())),
                Optional.of(UserMapping.kind()),
                Instant.now())
            .deliveries()
            .get(0);
    assertThat(
            Bronze.rows(spark, named, MAPPED, given)
                .where("_skipped is null")
                .select("ServiceName")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("Rack", "Rack");
  }

  @Test
  void aPinnedDeliveryIsNeverReadWithTodaysMapping() throws IOException {
    Delivery landed = landed(List.of());
    Files.delete(Path.of(landed.files().get(0).path()).resolveSibling("_delivery.json"));
    assertThatThrownBy(() -> rows(landed))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("with its mapping is gone. Restore it from the backup.");
  }

  @Test
  void aPinnedDeliveryIsCheckedAgainWithTheMappingWithWhichItLanded() throws IOException {
    Delivery landed = landed(List.of());
    mapping(MAPPING.replace("BilledCost: amount", "BilledCost: total"));
    assertThat(Landing.readAgain(config, List.of(landed), any -> true).unchanged())
        .containsExactly(landed);
  }

  @Test
  void theMonthComesFromTheRows() throws IOException {
    Files.delete(deliveries.exports().resolve("2026-09/bill.csv"));
    deliveries.write("bill.csv", BILL);
    assertThat(landed(List.of()).billingPeriod()).isEqualTo("2026-09-01");
  }
}
