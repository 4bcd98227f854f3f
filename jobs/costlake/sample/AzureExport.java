package costlake.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the two exports of Azure's Cost Management, with their manifests. */
final class AzureExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
  private static final String CONTAINER = "cost";
  private static final String PART = "part_0_0001.csv.gz";
  private static final List<String> HEADER =
      ExportColumns.AZURE.stream().map(ExportField::name).toList();

  private final Path root;

  AzureExport(Path dir) {
    this.root = dir.resolve("exports/azure");
  }

  void write(CloudMonth use) throws IOException {
    Path actual = run("actual", use);
    Path amortised = run("amortized", use);
    try (CsvSink one = new CsvSink(actual.resolve(PART), HEADER);
        CsvSink other = new CsvSink(amortised.resolve(PART), HEADER)) {
      new AzureBill(use, one, other).write();
    }
    manifest("ActualCost", actual, use.month());
    manifest("AmortizedCost", amortised, use.month());
  }

  /** Creates the folder of a run of an export. */
  private Path run(String export, CloudMonth use) throws IOException {
    YearMonth month = use.month();
    String days = COMPACT.format(month.atDay(1)) + "-" + COMPACT.format(month.atEndOfMonth());
    String id = use.random().with(export).with(month.toString()).hex(32);
    Path run = root.resolve("aldermoor-" + export).resolve(days).resolve(id);
    Files.createDirectories(run);
    return run;
  }

  private void manifest(String type, Path run, YearMonth month) throws IOException {
    Path part = root.relativize(run).resolve(PART);
    String blob = CONTAINER + "/" + part.toString().replace('\\', '/');
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("manifestVersion", "2024-04-01");
    manifest.put("blobCount", 1);
    manifest.put("exportConfig", export(part.getName(0).toString(), type));
    manifest.put("runInfo", runInfo(run.toFile().getName(), month));
    manifest.put("blobs", List.of(Map.of("blobName", blob)));
    JSON.writeValue(run.resolve("manifest.json").toFile(), manifest);
  }

  private static Map<String, String> export(String name, String type) {
    return new TreeMap<>(
        Map.of("exportName", name, "resourceId", "/exports/" + name, "type", type));
  }

  private static Map<String, String> runInfo(String id, YearMonth month) {
    return new TreeMap<>(
        Map.of(
            "runId", id,
            "submittedTime", month.plusMonths(1).atDay(5) + "T04:00:00Z",
            "startDate", month.atDay(1) + "T00:00:00",
            "endDate", month.atEndOfMonth() + "T00:00:00"));
  }
}
