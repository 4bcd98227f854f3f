package costlake.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bill of a month as AWS delivers it: data files of limited size, and a manifest that
 * lists them.
 */
final class AwsExport {
  private static final String BUCKET = "aldermoor-billing";
  private static final String NAME = "aldermoor-cur";

  /** Maximum number of rows in a file; further rows are written to another file. */
  private static final int ROWS_PER_FILE = 500_000;

  private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final SampleSettings settings;
  private final Path root;

  AwsExport(SampleSettings settings, Path dir) {
    this.settings = settings;
    this.root = dir.resolve("exports").resolve("aws");
  }

  void write(
      SampleCompany company,
      SampleCluster cluster,
      ExpectedFigures expected,
      YearMonth month,
      @Nullable LocalDate restated)
      throws IOException {
    String execution =
        new SeededRandom(settings.seed())
            .with("execution")
            .with(month.toString())
            .with(restated == null ? 0 : restated.toEpochDay())
            .hex(32);
    boolean legacy = settings.format() == SampleSettings.Format.LEGACY_CSV;
    Path prefix = root.resolve("billing").resolve(NAME);
    Path data =
        legacy
            ? prefix.resolve(range(month)).resolve(execution)
            : prefix.resolve("data").resolve("BILLING_PERIOD=" + month);
    Path manifest =
        legacy
            ? prefix.resolve(range(month)).resolve(NAME + "-Manifest.json")
            : prefix
                .resolve("metadata")
                .resolve("BILLING_PERIOD=" + month)
                .resolve(NAME + "-Manifest.json");
    Files.createDirectories(data);
    Files.createDirectories(manifest.getParent());
    clear(data);
    Rolling rolling = new Rolling(data);
    try (rolling) {
      new AwsBill(settings, company, cluster, expected, month, restated, rolling).write();
    }
    JSON.writeValue(
        manifest.toFile(),
        legacy
            ? legacy(month, execution, rolling.files)
            : manifest(month, execution, rolling.files));
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static String range(YearMonth month) {
    return COMPACT.format(month.atDay(1)) + "-" + COMPACT.format(month.plusMonths(1).atDay(1));
  }

  private String key(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private Map<String, Object> manifest(YearMonth month, String execution, List<Path> files) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("executionId", execution);
    manifest.put(
        "exportArn",
        "arn:aws:bcm-data-exports:us-east-1:" + SampleCompany.PAYER + ":export/" + NAME);
    manifest.put("tableName", "COST_AND_USAGE_REPORT");
    manifest.put("billingPeriod", Map.of("start", month.atDay(1) + "T00:00:00.000Z"));
    manifest.put(
        "dataFiles", files.stream().map(file -> "s3://" + BUCKET + "/" + key(file)).toList());
    manifest.put("columns", ExportColumns.AWS.stream().map(field -> field.name()).toList());
    return manifest;
  }

  private Map<String, Object> legacy(YearMonth month, String execution, List<Path> files) {
    Map<String, Object> period = new LinkedHashMap<>();
    period.put("start", COMPACT.format(month.atDay(1)) + "T000000.000Z");
    period.put("end", COMPACT.format(month.plusMonths(1).atDay(1)) + "T000000.000Z");
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("assemblyId", execution);
    manifest.put("account", SampleCompany.PAYER);
    manifest.put("charset", "UTF-8");
    manifest.put("compression", "GZIP");
    manifest.put("bucket", BUCKET);
    manifest.put("reportName", NAME);
    manifest.put("billingPeriod", period);
    manifest.put("reportKeys", files.stream().map(this::key).toList());
    return manifest;
  }

  /** Begins a new file after {@code ROWS_PER_FILE} rows. */
  private final class Rolling implements RowSink {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private @Nullable RowSink current;
    private int rows;

    Rolling(Path folder) {
      this.folder = folder;
    }

    @Override
    public void write(Object[] values) throws IOException {
      if (current == null || rows == ROWS_PER_FILE) {
        close();
        current = open();
        rows = 0;
      }
      current.write(values);
      rows++;
    }

    private RowSink open() throws IOException {
      String number = String.format("%05d", files.size() + 1);
      boolean parquet = settings.format() == SampleSettings.Format.PARQUET;
      Path file = folder.resolve(NAME + "-" + number + (parquet ? ".snappy.parquet" : ".csv.gz"));
      files.add(file);
      return switch (settings.format()) {
        case PARQUET -> new ParquetSink(file, ExportColumns.AWS);
        case CSV -> new CsvSink(file, ExportColumns.AWS.stream().map(ExportField::name).toList());
        case LEGACY_CSV -> new LegacyCsvSink(file);
      };
    }

    @Override
    public void close() throws IOException {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
