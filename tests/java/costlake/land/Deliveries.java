package costlake.land;

import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Progress;
import costlake.core.Reject;
import costlake.testing.SparkHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Writes small exports for tests and lands them in a lake. */
final class Deliveries {
  static final String HEADER =
      "identity/LineItemId,bill/BillingPeriodStartDate,lineItem/LineItemType,"
          + "lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,"
          + "lineItem/CurrencyCode,lineItem/UnblendedCost,resourceTags/user:Team\n";
  static final Instant NOW = Instant.parse("2026-10-02T03:00:00Z");

  private final Path folder;

  Deliveries(Path folder) {
    this.folder = folder;
  }

  /** Returns a usage line of one day of September 2026. */
  static String line(int day, String cost, String team) {
    String start = String.format("2026-09-%02dT00:00:00Z", day);
    return "id-"
        + day
        + ",2026-09-01T00:00:00Z,Usage,"
        + start
        + ","
        + start
        + ",AmazonEC2,USD,"
        + cost
        + ","
        + team
        + "\n";
  }

  Path exports() {
    return folder.resolve("exports");
  }

  Path write(String path, String text) throws IOException {
    Path file = exports().resolve(path);
    Files.createDirectories(file.getParent());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Files.write(file, path.endsWith(".gz") ? gzip(bytes) : bytes);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(bytes);
    }
    return out.toByteArray();
  }

  Path manifest(String assembly, String... files) throws IOException {
    return write(
        "rep/20260901-20261001/rep-Manifest.json",
        "{\"assemblyId\":\""
            + assembly
            + "\",\"billingPeriod\":{\"start\":\"20260901T000000.000Z\"},\"reportKeys\":[\""
            + String.join("\",\"", files)
            + "\"]}");
  }

  Config config(String kind) throws IOException {
    return config(kind, exports().toString(), "");
  }

  Config config(String kind, String location, String more) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("sources.yml"),
        "sources:\n  - {id: src, kind: " + kind + ", location: '" + location + "'" + more + "}\n");
    return Config.load(conf, null, Map.of("lake.root", folder.resolve("lake").toString()));
  }

  LandResult land(Config config, List<Delivery> known) {
    return Landing.land(
        config, "run-1", NOW, known, Set.of(BillingPeriod.parse("2026-09")), Progress.SILENT);
  }

  /** Checks the only source as the doctor does before the first night. */
  static SourceCheck check(Config config) {
    return check(config, List.of());
  }

  static SourceCheck check(Config config, List<Delivery> known) {
    try (Rehearsal rehearsal = Rehearsal.of(config, known, Progress.SILENT)) {
      return SourceCheck.of(rehearsal, config.sources().get(0));
    }
  }

  /** Returns the rejected rows of AWS bills, as bronze reads them. */
  List<Reject> rejects(Config config, List<Delivery> bills) {
    return Bronze.rejected(SparkHarness.spark(), config, SourceKinds.of("aws-cur"), bills)
        .collectAsList()
        .stream()
        .map(Bronze::reject)
        .toList();
  }

  List<Path> pinned() throws IOException {
    Path bronze = folder.resolve("lake/bronze");
    if (!Files.exists(bronze)) {
      return List.of();
    }
    try (var walk = Files.walk(bronze)) {
      return walk.filter(Files::isRegularFile).map(bronze::relativize).sorted().toList();
    }
  }
}
