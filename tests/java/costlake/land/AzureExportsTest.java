package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lands Cost Management exports in different layouts, complete and incomplete. */
class AzureExportsTest {
  private static final String HEADER =
      "Date,BillingPeriodStartDate,MeterId,CostInBillingCurrency,BillingCurrency,ChargeType,SubscriptionId\n";
  private static final String USE = "09/01/2026,09/01/2026,m,1.5,USD,Usage,s\n";

  @TempDir Path folder;
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private void run(String export, String type, String run, String submitted, String... parts)
      throws IOException {
    days(export, type, run, submitted, "2026-09-01", "2026-09-30", parts);
  }

  private void days(
      String export,
      String type,
      String run,
      String submitted,
      String start,
      String end,
      String... parts)
      throws IOException {
    String place = "billing/" + export + "/20260901-20260930/" + run + "/";
    StringBuilder blobs = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      String name = place + "part_" + i + "_0001.csv";
      if (!parts[i].isEmpty()) {
        deliveries.write(name, HEADER + parts[i]);
      }
      blobs.append(i == 0 ? "" : ",").append("{\"blobName\":\"" + name + "\",\"byteCount\":1}");
    }
    deliveries.write(
        place + "manifest.json",
        """
        {"manifestVersion":"2024-04-01","byteCount":1,"blobCount":%d,"dataRowCount":1,
         "exportConfig":{"exportName":"%s","resourceId":"/x/exports/%s","type":"%s"},
         "runInfo":{"runId":"%s","submittedTime":"%s","startDate":"%sT00:00:00","endDate":"%sT00:00:00"},
         "blobs":[%s]}
        """
            .formatted(parts.length, export, export, type, run, submitted, start, end, blobs));
  }

  private LandResult land() throws IOException {
    Config config = deliveries.config("azure");
    return deliveries.land(config, List.of());
  }

  @Test
  void takesTheNewestRunOfEachExportWithAllItsParts() throws IOException {
    run("actual", "ActualCost", "run-1", "2026-09-10T01:00:00Z", USE);
    run("actual", "ActualCost", "run-2", "2026-09-11T01:00:00Z", USE, USE.replace("1.5", "2"));
    run("amortised", "AmortizedCost", "run-3", "2026-09-11T01:05:00Z", USE.replace("1.5", "3"));
    run("focus", "FocusCost", "run-4", "2026-09-11T02:00:00Z", USE);
    LandResult result = land();
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).hasSize(1);
    assertThat(result.landed().get(0).deliveryId()).isEqualTo("run-2_run-3");
    assertThat(result.landed().get(0).billingPeriod()).hasToString("2026-09-01");
    assertThat(result.landed().get(0).rows()).isEqualTo(3);
  }

  @Test
  void waitsForAPartThatIsNotThereYet() throws IOException {
    run("actual", "ActualCost", "run-1", "2026-09-10T01:00:00Z", USE, "");
    assertThat(land().refused())
        .singleElement()
        .satisfies(
            refusal -> assertThat(refusal.message()).contains("1 file(s)", "part_1_0001.csv"));
  }

  @Test
  void refusesRowsOfAnotherMonthThanTheManifest() throws IOException {
    run("actual", "ActualCost", "run-1", "2026-09-10T01:00:00Z", USE);
    run(
        "amortised",
        "AmortizedCost",
        "run-2",
        "2026-09-10T01:00:00Z",
        USE.replace("09/01", "08/01"));
    LandResult result = land();
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.message()).contains("2026-08", "2026-09"));
  }

  private void assertRefused(String... words) throws IOException {
    LandResult result = land();
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.message()).contains(words));
  }

  @Test
  void readsAMonthOfWeeksByTheNewestRunOfEach() throws IOException {
    days("a", "ActualCost", "w1", "2026-09-08", "2026-09-01", "2026-09-07", USE);
    days("a", "ActualCost", "w2", "2026-09-15", "2026-09-08", "2026-09-14", USE.replace("m", "n"));
    days("a", "ActualCost", "w2b", "2026-09-16", "2026-09-08", "2026-09-14", USE.replace("m", "o"));
    assertThat(land().landed())
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.deliveryId()).isEqualTo("w1_w2b"))
        .satisfies(delivery -> assertThat(delivery.rows()).isEqualTo(2));
  }

  @Test
  void refusesRunsThatOverlapInPart() throws IOException {
    days("a", "ActualCost", "w1", "2026-09-08", "2026-09-01", "2026-09-07", USE);
    days("a", "ActualCost", "w2", "2026-09-15", "2026-09-05", "2026-09-14", USE);
    assertRefused("w1/manifest.json", "w2/manifest.json", "in part");
  }

  @Test
  void refusesARunOfSeveralMonths() throws IOException {
    days("a", "ActualCost", "r", "2026-10-08", "2026-09-01", "2026-10-31", USE);
    assertRefused("r/manifest.json", "several months, 2026-09-01 to 2026-10-31");
  }

  @Test
  void refusesAFolderOfSeveralMonths() throws IOException {
    deliveries.write("actual/20260901-20261031/actual.csv", HEADER + USE);
    assertRefused("actual/20260901-20261031/actual.csv", "several months", "20260901-20260930");
  }

  @Test
  void refusesARunWithoutFiles() throws IOException {
    run("a", "ActualCost", "r1", "2026-09-08", USE);
    run("a", "ActualCost", "r2", "2026-09-09");
    assertRefused("r2/manifest.json", "list of blobs is empty");
  }

  @Test
  void refusesARunThatListsFewerFilesThanItCounts() throws IOException {
    deliveries.write(
        "a/manifest.json",
        """
        {"blobCount":2,"exportConfig":{"type":"ActualCost"},"runInfo":{"startDate":"2026-09-01"},
         "blobs":[{"blobName":"a/part_0_0001.csv"}]}
        """);
    assertRefused("a/manifest.json", "blobCount is 2, but it lists 1");
  }

  @Test
  void namesTheManifestThatLacksAFile() throws IOException {
    run("a", "ActualCost", "r1", "2026-09-10T01:00:00Z", USE);
    run("b", "AmortizedCost", "r2", "2026-09-10T01:00:00Z", "");
    assertRefused("r2/manifest.json", "part_0_0001.csv");
  }

  @Test
  void namesFilesThatNoManifestLists() throws IOException {
    run("a", "ActualCost", "r1", "2026-09-10T01:00:00Z", USE);
    deliveries.write("downloads/amortized.csv", HEADER + USE);
    assertThat(land().notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.message()).contains("downloads/amortized.csv"));
  }

  @Test
  void refusesAManifestThatStatesNoMonth() throws IOException {
    deliveries.write(
        "a/manifest.json", "{\"exportConfig\":{\"type\":\"ActualCost\"},\"blobs\":[]}");
    assertThat(land().refused())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.message())
                    .contains("manifest.json", "runInfo has no startDate"));
  }

  @Test
  void tellsTheMonthOfRowsWithoutABillingPeriodFromTheirDays() throws IOException {
    Path file = deliveries.write("costs.csv", HEADER + "09/02/2026,,m,1.5,USD,Usage,s\n");
    assertThat(Landing.adHoc(Config.defaults(folder), List.of(file), Optional.empty()).deliveries())
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.billingPeriod()).hasToString("2026-09-01"));
  }

  @Test
  void readsAMonthWithoutAManifestByItsFolder() throws IOException {
    deliveries.write("actual/20260901-20260930/actual_1.csv", "\uFEFF" + HEADER + USE);
    deliveries.write(
        "amortized/20260901-20260930/amortized_1.csv", HEADER + USE.replace("m,", "n,"));
    LandResult result = land();
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).hasSize(1);
    assertThat(result.landed().get(0).rows()).isEqualTo(2);
  }
}
