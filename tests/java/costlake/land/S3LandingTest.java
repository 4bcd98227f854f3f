package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.testing.S3Server;
import costlake.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lands from a real S3 server, which runs in its own process. */
class S3LandingTest {
  private static final String KEY = "billing/cur/20260901-20261001/a1/rep-1.csv.gz";
  private static S3Server server;

  @TempDir static Path log;
  @TempDir Path folder;
  private Deliveries deliveries;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(log.resolve("s3.log"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  @Test
  void pinsALegacyReportAndTakesNothingTheSecondTime() throws IOException {
    server.bucket("legacy");
    Path data =
        deliveries.write(
            KEY, Deliveries.HEADER + Deliveries.line(1, "1.5", "a") + Deliveries.line(2, "2", "b"));
    server.put("legacy", KEY, data);
    server.put(
        "legacy",
        "billing/cur/20260901-20261001/rep-Manifest.json",
        deliveries.manifest("a1", "/" + KEY));
    Config config = deliveries.config("aws-cur", "s3://legacy/billing", "");
    LandResult first = deliveries.land(config, List.of());
    assertThat(first.refused()).isEmpty();
    assertThat(first.landed()).extracting(Delivery::deliveryId).containsExactly("a1");
    Path pinned = Path.of(first.landed().get(0).files().get(0).path());
    assertThat(Files.readAllBytes(pinned)).isEqualTo(Files.readAllBytes(data));
    assertThat(deliveries.land(config, first.current()).unchanged()).isEqualTo(first.landed());
    server.delete("legacy", KEY);
    assertThat(deliveries.land(config, List.of()).refused().get(0).message())
        .contains("s3://legacy/billing/cur/20260901-20261001/rep-Manifest.json")
        .contains("do not exist");
  }

  @Test
  void pinsADataExportByItsMetadata() throws IOException {
    server.bucket("cur2");
    String data = "exp/cur2/data/BILLING_PERIOD=2026-09/cur2-00001.csv.gz";
    Path bill =
        deliveries.write(
            data,
            "line_item_line_item_type,line_item_usage_start_date,line_item_currency_code,"
                + "line_item_unblended_cost,bill_billing_period_start_date,resource_tags\n"
                + "Usage,2026-09-01T00:00:00Z,USD,0.5,2026-09-01T00:00:00Z,\"{\"\"user_team\"\":\"\"x\"\"}\"\n");
    Path manifest =
        deliveries.write(
            "manifest", "{\"executionId\":\"e-1\",\"dataFiles\":[\"s3://cur2/" + data + "\"]}");
    server.put("cur2", data, bill);
    server.put("cur2", "exp/cur2/metadata/BILLING_PERIOD=2026-09/cur2-Manifest.json", manifest);
    LandResult result =
        deliveries.land(deliveries.config("aws-cur", "s3://cur2/exp/cur2", ""), List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).extracting(Delivery::deliveryId).containsExactly("e-1");
    assertThat(result.landed().get(0).billingPeriod()).hasToString("2026-09-01");
  }

  /** The ETags of the store do not say which of two runs is newer. */
  @Test
  void readsTheRunThatWasWrittenLast() throws Exception {
    server.bucket("runs");
    Config config = deliveries.config("aws-cur", "s3://runs/cur2", "");
    for (String run : List.of("b", "a", "c")) {
      putRun(run);
      assertThat(deliveries.land(config, List.of()).landed())
          .extracting(Delivery::deliveryId)
          .containsExactly(run);
      // S3 knows the time of an object to the second.
      Thread.sleep(1100);
    }
  }

  private void putRun(String run) throws IOException {
    String data = "cur2/data/BILLING_PERIOD=2026-09/" + run + "/cur2-00001.csv.gz";
    server.put(
        "runs", data, deliveries.write(data, Deliveries.HEADER + Deliveries.line(1, "1.5", run)));
    server.put(
        "runs",
        "cur2/metadata/BILLING_PERIOD=2026-09/" + run + "/cur2-Manifest.json",
        deliveries.write(
            run, "{\"executionId\":\"%s\",\"dataFiles\":[\"s3://runs/%s\"]}".formatted(run, data)));
  }

  @Test
  void pinsTheRealBucket() throws IOException {
    Path bucket = Shared.path("data/billing/aws/s3-bucket");
    server.bucket("real");
    server.putAll("real", bucket);
    LandResult result =
        Landing.land(
            deliveries.config("aws-cur", "s3://real", ""),
            "run-1",
            Deliveries.NOW,
            List.of(),
            Set.of(),
            Progress.SILENT);
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(13380L);
  }

  @Test
  void saysWhatToCheckWhenTheBucketIsNotThere() throws IOException {
    Config config = deliveries.config("aws-cur", "s3://nowhere/x", "");
    assertThatThrownBy(() -> deliveries.land(config, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot list s3://nowhere/x/")
        .hasMessageContaining("region and the credentials");
  }
}
