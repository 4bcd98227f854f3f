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

/** Layouts of Cost Management exports. */
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
         "runInfo":{"runId":"%s","submittedTime":"%s","startDate":"2026-09-01T00:00:00","endDate":"2026-09-30T00:00:00"},
         "blobs":[%s]}
        """
            .formatted(parts.length, export, export, type, run, submitted, blobs));
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
