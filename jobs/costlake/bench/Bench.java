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
import java.util.Objects;
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

  private static final String HEAP = "2g";
  private static final String CLI = "costlake.cli.Main";
  private static final YearMonth MONTH = YearMonth.of(2026, 9);
  private static final long ROWS_PER_SCALE = 26L * 30;
  private static final String TO_FOCUS = "delivery to published FOCUS";
  private static final String ALLOCATED = "build allocation.allocated_charges";

  /**
   * Selects the seconds of each step, and the seconds until FOCUS was published. These are the sum
   * of three times: from the start of the run to the end of the build of FOCUS, the time in which
   * at least one audit of FOCUS ran, and the publication.
   */
  private static final String STEPS =
      """
      with steps as (
          select step, subject, duration_ms, unix_millis(started_at) as begun, unix_millis(started_at) + duration_ms as ended
          from ops.outcomes
          where step <> 'land'
      ),
      of_focus as (
          select
              ended - greatest(begun, coalesce(max(ended) over earlier, begun)) as longer_ms
          from steps
          where step = 'audit' and (subject like 'focus%%' or subject in ('bronze_complete', 'bills_conserved'))
          window earlier as (order by begun, ended rows between unbounded preceding and 1 preceding)
      )
      select concat(step, ' ', subject), duration_ms / 1000 from steps
      union all
      select '%s', (
          max(if(subject = 'focus.cost_and_usage', ended, null)) filter (where step = 'build')
          - (select min(unix_millis(started_at)) from ops.runs)
          + sum(duration_ms) filter (where step = 'publish')
          + (select sum(greatest(longer_ms, 0)) from of_focus)) / 1000
      from steps"""
          .formatted(TO_FOCUS);

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
      double groupByRatio) {
    public Measurement {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
      stepS = Map.copyOf(stepS);
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
    Child.Run night = cli(dir.resolve("night.log"), conf, "night", "--period", period);
    progress.advance(1);
    Child.Run statement = cli(dir.resolve("report.log"), conf, "report", "--period", period);
    progress.end();
    List<String> lakeAndSettings = new ArrayList<>(List.of(conf));
    settings.forEach((key, value) -> lakeAndSettings.add(key + "=" + value));
    Child.Run lake =
        Child.run("1g", dir.resolve("groupby.log"), LakePeer.class.getName(), lakeAndSettings);
    String[] figures = duck.output().strip().split(" ", -1);
    double mapping = Double.parseDouble(figures[0]);
    double duckGroupBy = Double.parseDouble(figures[1]);
    long billed = Long.parseLong(figures[2]);
    Map<String, Double> steps = steps(conf, dir);
    double focus = Objects.requireNonNull(steps.get(TO_FOCUS), TO_FOCUS);
    return new Measurement(
        format.name(),
        settings,
        billed,
        focus,
        Math.round(billed / focus),
        Objects.requireNonNull(steps.get(ALLOCATED), ALLOCATED),
        night.seconds(),
        night.peakMib(),
        statement.seconds(),
        steps,
        mapping,
        duckGroupBy,
        duck.peakMib(),
        focus / mapping,
        Double.parseDouble(lake.output().strip().lines().reduce((a, b) -> b).orElseThrow())
            / duckGroupBy);
  }

  private static Child.Run duck(Path dir, SampleSettings.Format format) {
    String suffix = format == SampleSettings.Format.PARQUET ? "*.parquet" : "*.csv.gz";
    return Child.run(
        "256m",
        dir.resolve("duckdb.log"),
        DuckPeer.class.getName(),
        List.of(
            dir.resolve("exports/aws/billing/aldermoor-cur/data/*") + "/" + suffix,
            dir.resolve("duckdb").toString(),
            String.valueOf(Runtime.getRuntime().availableProcessors()),
            "aws-payer",
            MONTH.toString()));
  }

  private Child.Run cli(Path log, String conf, String verb, String... options) {
    List<String> arguments = new ArrayList<>(List.of(verb, "--conf", conf));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    arguments.addAll(List.of(options));
    return Child.run(HEAP, log, CLI, arguments);
  }

  private Map<String, Double> steps(String conf, Path dir) {
    Child.Run sql = cli(dir.resolve("outcomes.csv"), conf, "sql", "--format", "csv", STEPS);
    Map<String, Double> seconds = new LinkedHashMap<>();
    sql.output()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(cells -> cells.length == 2)
        .forEach(cells -> seconds.merge(cells[0], Double.parseDouble(cells[1]), Double::sum));
    return seconds;
  }
}
