package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.land.read.Storage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lands from a Hadoop file system that needs no cloud: viewfs over a folder of this machine. */
class HadoopLandingTest {
  private static final String BILL =
      Deliveries.HEADER + Deliveries.line(1, "1.5", "a") + Deliveries.line(2, "2", "b");

  @TempDir Path folder;
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private Map<String, String> view() {
    return Map.of(
        "spark.hadoop.fs.viewfs.mounttable.bills.link./cur",
        deliveries.exports().toUri().toString());
  }

  private Config config(String location, Map<String, String> properties) throws IOException {
    StringBuilder text = new StringBuilder("spark:\n  properties:\n");
    properties.forEach((key, value) -> text.append("    " + key + ": '" + value + "'\n"));
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("costlake.yml"), text);
    return deliveries.config("aws-cur", location, "");
  }

  @Test
  void landsAFolderAndNothingTheSecondTime() throws IOException {
    deliveries.write("2026-09/part 1 ü.csv.gz", BILL);
    Config config = config("viewfs://bills/cur/", view());
    LandResult first = deliveries.land(config, List.of());
    assertThat(first.refused()).isEmpty();
    assertThat(first.landed()).hasSize(1);
    assertThat(first.landed().get(0).rows()).isEqualTo(2);
    assertThat(deliveries.land(config, first.current()).unchanged()).hasSize(1);
    assertThat(Deliveries.check(config).problems()).isEmpty();
  }

  @Test
  void readsASingleFileUnderItsAddress() throws IOException {
    deliveries.write("2026-09/bill.csv", BILL);
    String address = "viewfs://bills/cur/2026-09/bill.csv";
    try (Storage storage = HadoopStorage.of(address, view())) {
      assertThat(storage.list()).extracting(Storage.Found::key).containsExactly("bill.csv");
      assertThat(storage.address("bill.csv")).isEqualTo(address);
      String before = storage.state("bill.csv");
      deliveries.write("2026-09/bill.csv", BILL + Deliveries.line(3, "3", "c"));
      assertThat(storage.state("bill.csv")).isNotEqualTo(before);
    }
  }

  @Test
  void refusesAFileThatIsCutUnderItsAddress() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv.gz", BILL);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    LandResult result = deliveries.land(config("viewfs://bills/cur", view()), List.of());
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused().get(0).message())
        .startsWith("Cannot read viewfs://bills/cur/2026-09/bill.csv.gz: the compressed data ends");
  }

  private static void refused(String location, Map<String, String> properties, String... words) {
    assertThatThrownBy(() -> HadoopStorage.of(location, properties))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.OPERATOR))
        .hasMessageContainingAll(words);
  }

  @Test
  void namesTheArtifactOfAConnectorThatIsMissing() {
    refused(
        "gs://bucket/bills",
        Map.of(),
        "its connector is missing",
        "com.google.cloud.bigdataoss:gcs-connector:hadoop3-2.2.26",
        "spark.driver.extraClassPath");
    refused(
        "abfss://exports@account.dfs.core.windows.net/bills",
        Map.of(),
        "its connector is missing",
        "org.apache.hadoop:hadoop-azure:3.4.2");
  }

  /** A file system that fails for every file, and records whether it was closed. */
  static final class Closed extends RawLocalFileSystem {
    private static final AtomicBoolean CLOSED = new AtomicBoolean();

    @Override
    public void initialize(URI address, Configuration settings) {
      setConf(settings);
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
      throw new IOException("no answer from " + path);
    }

    @Override
    public void close() {
      CLOSED.set(true);
    }
  }

  @Test
  void closesAFileSystemThatCannotBeUsedAndShowsNoKey() {
    assertThatThrownBy(
            () ->
                HadoopStorage.of(
                    "closed://id:key@bucket/x",
                    Map.of("spark.hadoop.fs.closed.impl", Closed.class.getName())))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot list closed://***@bucket/x: no answer from closed://***@")
        .message()
        .doesNotContain("id:key");
    assertThat(Closed.CLOSED).isTrue();
  }

  @Test
  void refusesUnknownFileSystemsMissingFoldersAndMissingJars() throws IOException {
    refused("fuel://bucket/x", Map.of(), "no file system is known for fuel://");
    Files.createDirectories(deliveries.exports());
    refused("viewfs://bills/cur/none", view(), "it does not exist");
    refused(
        "gs://bucket/x",
        Map.of("spark.driver.extraClassPath", "/none.jar"),
        "Cannot find /none.jar");
  }
}
