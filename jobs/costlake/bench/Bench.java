package costlake.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Progress;
import costlake.sample.SampleData;
import costlake.sample.SampleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures a night on generated bills, from delivery to published FOCUS, and DuckDB on the same
 * files and cores. Each runs in a separate process.
 */
public final class Bench {
  /**
   * Settings of a benchmark.
   *
   * @param rows numbers of rows; one bill is generated for each number
   * @param formats formats; each bill is generated in each format
   * @param settings additional configuration keys for the nights
   */
  public record Order(
      List<Long> rows, List<SampleSettings.Format> formats, Map<String, String> settings) {
    public Order {
      rows = List.copyOf(rows);
      formats = List.copyOf(formats);
      DuckPeer.require();
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
      if (formats.contains(SampleSettings.Format.LEGACY_CSV)) {
        throw Failure.operator(
            """
            Cannot measure legacy_csv: the comparison with DuckDB reads CUR 2.0 only. Give --format
            parquet, csv or both.
            """);
      }
    }
  }

  private static final String HEAP = "-Xmx2g";
  private static final String CLI = "costlake.cli.Main";
  private static final YearMonth MONTH = YearMonth.of(2026, 9);
  private static final long ROWS_PER_SCALE = 26L * 30;
  private static final String GENERATED_CODE =
      "org.apache.spark.sql.catalyst.expressions.GeneratedClass$";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Measurements of one bill.
   *
   * @param settings configuration keys of the night in addition to the generated configuration
   * @param focusS seconds from delivery to published FOCUS, without the start of Spark: landing,
   *     pinning and checking, the build of {@code focus.cost_and_usage}, its audits, the
   *     publication
   * @param rowsPerS rows of the bill per second of {@code focusS}
   * @param allocationS seconds of the build of {@code allocation.allocated_charges}
   * @param nightS seconds of the whole night, including the start of the process
   * @param stepS seconds of each model and step, from {@code ops.outcomes}
   * @param ratio {@code focusS} divided by the seconds of DuckDB's mapping
   * @param groupByRatio seconds of a group-by on the published table, divided by the seconds in
   *     DuckDB
   * @param compiledMethods number of methods of generated code that the second compiler compiled
   *     for the night
   * @param refusedMethods methods of generated code that the second compiler refused
   */
  public record Measurement(
      String format,
      Map<String, String> settings,
      long rows,
      double focusS,
      long rowsPerS,
      double allocationS,
      double nightS,
      long nightPeakMib,
      double statementS,
      Map<String, Double> stepS,
      double duckMappingS,
      double duckGroupByS,
      long duckPeakMib,
      double ratio,
      double groupByRatio,
      int compiledMethods,
      List<RefusedMethod> refusedMethods) {
    public Measurement {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
      stepS = Map.copyOf(stepS);
      refusedMethods = List.copyOf(refusedMethods);
    }
  }

  /**
   * A method of generated code that the second compiler refused.
   *
   * @param during steps of the night that ran then
   * @param beforeAllocation whether the charges were not allocated yet
   */
  public record RefusedMethod(
      String method, String reason, List<String> during, boolean beforeAllocation) {
    public RefusedMethod {
      during = List.copyOf(during);
    }
  }

  private final Path work;
  private final Map<String, String> settings;
  private final Progress progress;

  private Bench(Path work, Map<String, String> settings, Progress progress) {
    this.work = work;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Measures bills in the folder {@code work}, which must be empty.
   *
   * @param json file for the measurements; null for none
   */
  public static List<Measurement> run(
      Order order, Path work, @Nullable Path json, Progress progress) {
    Bench bench = new Bench(work, order.settings(), progress);
    List<Measurement> measurements = new ArrayList<>();
    try {
      for (long count : order.rows()) {
        for (SampleSettings.Format format : order.formats()) {
          measurements.add(bench.measure(count, format));
        }
      }
      if (json != null) {
        JSON.writeValue(json.toFile(), measurements);
      }
      return measurements;
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot measure below %s: %s", work, FileErrors.whichAndWhy(e));
    }
  }

  static SampleSettings settings(long rows, SampleSettings.Format format) {
    int scale = (int) Math.max(1, Math.round((double) rows / ROWS_PER_SCALE));
    return SampleSettings.demo().months(1, MONTH, 0).scale(scale).format(format);
  }

  private Measurement measure(long rows, SampleSettings.Format format) throws IOException {
    Path dir = work.resolve(format.name().toLowerCase(java.util.Locale.ROOT) + "-" + rows);
    Files.createDirectories(dir);
    SampleData.generateBill(settings(rows, format), dir, progress);
    String conf = dir.resolve("conf").toString();
    String period = MONTH.toString();
    progress.begin("Measuring " + rows + " rows of " + format, 3, "runs");
    Child.Run duck = duck(dir, format);
    progress.advance(1);
    Path recording = dir.resolve("night.jfr");
    Child.Run night =
        cli(
            RefusedMethods.recording(recording),
            dir.resolve("night.log"),
            List.of("night", "--conf", conf, "--period", period));
    progress.advance(1);
    Child.Run statement =
        cli(
            List.of(),
            dir.resolve("report.log"),
            List.of("report", "--conf", conf, "--period", period));
    progress.end();
    List<String> lakeAndSettings = new ArrayList<>(List.of(conf));
    settings.forEach((key, value) -> lakeAndSettings.add(key + "=" + value));
    Child.Run lake =
        Child.run(
            List.of("-Xmx1g"),
            dir.resolve("groupby.log"),
            LakePeer.class.getName(),
            lakeAndSettings);
    String[] figures = duck.output().strip().split(" ", -1);
    double mapping = Double.parseDouble(figures[0]);
    double duckGroupBy = Double.parseDouble(figures[1]);
    long billed = Long.parseLong(figures[2]);
    NightSteps steps = steps(conf, dir);
    double focus = steps.seconds(NightSteps.TO_FOCUS);
    RefusedMethods.Found methods = RefusedMethods.in(recording, GENERATED_CODE);
    return new Measurement(
        format.name(),
        settings,
        billed,
        focus,
        Math.round(billed / focus),
        steps.seconds(NightSteps.ALLOCATED),
        night.seconds(),
        night.peakMib(),
        statement.seconds(),
        steps.seconds(),
        mapping,
        duckGroupBy,
        duck.peakMib(),
        focus / mapping,
        Double.parseDouble(lake.output().strip().lines().reduce((a, b) -> b).orElseThrow())
            / duckGroupBy,
        methods.compiled(),
        methods.refused().stream().map(method -> refused(method, steps)).toList());
  }

  private static RefusedMethod refused(RefusedMethods.Refused method, NightSteps steps) {
    return new RefusedMethod(
        method.method().substring(GENERATED_CODE.length()),
        method.reason(),
        steps.at(method.at()),
        !method.at().isAfter(steps.end(NightSteps.ALLOCATED)));
  }

  private static Child.Run duck(Path dir, SampleSettings.Format format) {
    String suffix = format == SampleSettings.Format.PARQUET ? "*.parquet" : "*.csv.gz";
    return Child.run(
        List.of("-Xmx256m"),
        dir.resolve("duckdb.log"),
        DuckPeer.class.getName(),
        List.of(
            dir.resolve("exports/aws/billing/aldermoor-cur/data/*") + "/" + suffix,
            dir.resolve("duckdb").toString(),
            String.valueOf(Runtime.getRuntime().availableProcessors()),
            "aws-payer",
            MONTH.toString()));
  }

  /** Runs a command with the settings of this benchmark. */
  private Child.Run cli(List<String> options, Path log, List<String> command) {
    List<String> all = new ArrayList<>(command);
    settings.forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
    List<String> ofMachine = new ArrayList<>(List.of(HEAP));
    ofMachine.addAll(options);
    return Child.run(ofMachine, log, CLI, all);
  }

  private NightSteps steps(String conf, Path dir) {
    List<String> query = List.of("sql", "--conf", conf, "--format", "csv", NightSteps.QUERY);
    return NightSteps.of(cli(List.of(), dir.resolve("outcomes.csv"), query).output());
  }
}
