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
  private static final List<String> HEADER =
      ExportColumns.AZURE.stream().map(ExportField::name).toList();

  private final Path root;

  AzureExport(Path dir) {
    this.root = dir.resolve("exports/azure");
  }

  void write(CloudMonth use) throws IOException {
    Path actual = file("actual", use);
    Path amortised = file("amortized", use);
    try (CsvSink one = new CsvSink(actual, HEADER);
        CsvSink other = new CsvSink(amortised, HEADER)) {
      new AzureBill(use, one, other).write();
    }
    manifest("ActualCost", actual, use.month());
    manifest("AmortizedCost", amortised, use.month());
  }

  private Path file(String export, CloudMonth use) throws IOException {
    YearMonth month = use.month();
    String days = COMPACT.format(month.atDay(1)) + "-" + COMPACT.format(month.atEndOfMonth());
    String run = use.random().with(export).with(month.toString()).hex(32);
    Path folder = root.resolve("aldermoor-" + export).resolve(days).resolve(run);
    return Files.createDirectories(folder).resolve("part_0_0001.csv.gz");
  }

  private void manifest(String type, Path file, YearMonth month) throws IOException {
    Path run = file.getParent();
    String name = root.relativize(file).getName(0).toString();
    String blob = CONTAINER + "/" + root.relativize(file).toString().replace('\\', '/');
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("manifestVersion", "2024-04-01");
    manifest.put("blobCount", 1);
    manifest.put(
        "exportConfig",
        new TreeMap<>(Map.of("exportName", name, "resourceId", "/exports/" + name, "type", type)));
    manifest.put(
        "runInfo",
        new TreeMap<>(
            Map.of(
                "runId", run.getFileName().toString(),
                "submittedTime", month.plusMonths(1).atDay(5) + "T04:00:00Z",
                "startDate", month.atDay(1) + "T00:00:00",
                "endDate", month.atEndOfMonth() + "T00:00:00")));
    manifest.put("blobs", List.of(Map.of("blobName", blob)));
    JSON.writeValue(run.resolve("manifest.json").toFile(), manifest);
  }
}
