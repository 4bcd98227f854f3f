package costlake.sample;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Generates the data of a sample company: configuration, bills of three clouds, telemetry of an
 * accelerator cluster, business benefits, invoices, and the expected figures.
 *
 * <p>Writes each row when it is made, so that memory does not grow with the number of rows.
 */
public final class SampleData {
  private static final int HAND_OVER_MONTHS = 5;

  private final SampleSettings settings;
  private final Path dir;
  private final SampleCompany company;
  private final SampleCluster cluster;
  private final ExpectedFigures expected = new ExpectedFigures();

  private SampleData(SampleSettings settings, Path dir) {
    this.settings = settings;
    this.dir = dir;
    this.company = new SampleCompany(settings);
    this.cluster = new SampleCluster(settings);
  }

  /**
   * Writes the sample data to the folders {@code conf}, {@code exports}, {@code telemetry}, {@code
   * trackers}, {@code logs}, {@code business}, {@code invoices} and {@code truth} (the expected
   * figures) below a folder.
   *
   * @throws Failure with exit code 2 if the folder cannot be written
   */
  public static void generate(SampleSettings settings, Path dir, Progress progress) {
    SampleData sample = new SampleData(settings, dir);
    sample.run(() -> sample.all(progress));
  }

  /**
   * Writes only the AWS bill of the last month, and a configuration that reads it.
   *
   * @throws Failure with exit code 2 if the folder cannot be written
   */
  public static void generateBill(SampleSettings settings, Path dir, Progress progress) {
    SampleData sample = new SampleData(settings, dir);
    sample.run(
        () -> {
          new SampleConfiguration(settings, sample.company).writeForBill(dir);
          progress.begin("Writing a bill", 1, "months");
          new AwsExport(sample.settings, dir)
              .write(sample.company, sample.cluster, sample.expected, settings.last(), null);
          sample.expected.write(dir);
          progress.end();
        });
  }

  /**
   * Replaces the AWS bill of a month by a new delivery in which only the given day has changed.
   * Writes the new expected figures.
   *
   * @throws Failure with exit code 2 if the company has no bill for the day, or if the folder
   *     cannot be written
   */
  public static void restate(SampleSettings settings, Path dir, LocalDate day, Progress progress) {
    YearMonth month = YearMonth.from(day);
    if (month.isBefore(settings.first()) || month.isAfter(settings.last())) {
      throw Failure.operator(
          "Cannot restate %s: the sample company has bills from %s to %s",
          day, settings.first(), settings.last());
    }
    SampleData sample = new SampleData(settings, dir);
    sample.run(() -> sample.bills(day, progress));
  }

  static LocalDate handOver(SampleSettings settings) {
    return settings.last().minusMonths(HAND_OVER_MONTHS).atDay(1);
  }

  private interface Work {
    void run() throws IOException;
  }

  private void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot write the sample data below %s: %s. Give a folder that can be written.",
          dir,
          FileErrors.whichAndWhy(e));
    }
  }

  private void all(Progress progress) throws IOException {
    bills(null, progress);
    new RunFiles(settings, company, cluster, dir).write();
    if (settings.telemetryMonths() > 0) {
      new TrafficFiles(settings, cluster, dir).write();
    }
    new TelemetryFiles(settings, cluster, dir).write(progress);
    // last, so that a company with a configuration is complete
    new SampleConfiguration(settings, company).write(dir);
  }

  /**
   * Generates every bill, because the expected figures need all of them. For a restatement, writes
   * only the restated AWS bill.
   */
  private void bills(@Nullable LocalDate restated, Progress progress) throws IOException {
    progress.begin("Writing bills", settings.months(), "months");
    events();
    for (YearMonth month = settings.first();
        !month.isAfter(settings.last());
        month = month.plusMonths(1)) {
      boolean aws = restated == null || YearMonth.from(restated).equals(month);
      AwsExport export = new AwsExport(settings, dir);
      if (aws) {
        export.write(company, cluster, expected, month, restated);
      } else {
        new AwsBill(settings, company, cluster, expected, month, null, new Nowhere()).write();
      }
      azure(month, restated == null);
      google(month, restated == null);
      progress.advance(1);
    }
    expected.write(dir);
    progress.end();
  }

  private CloudMonth month(Cloud cloud, YearMonth month) {
    return new CloudMonth(cloud, settings, company, expected, month);
  }

  private void azure(YearMonth month, boolean isWritten) throws IOException {
    CloudMonth use = month(CloudCatalogue.AZURE, month);
    if (isWritten) {
      new AzureExport(dir).write(use);
    } else {
      new AzureBill(use, new Nowhere(), new Nowhere()).write();
    }
  }

  private void google(YearMonth month, boolean isWritten) throws IOException {
    try (RowSink sink = isWritten ? googleSink(month) : new Nowhere()) {
      new GoogleBill(month(CloudCatalogue.GOOGLE, month), sink).write();
    }
  }

  private RowSink googleSink(YearMonth month) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("exports/gcp").resolve(month.toString()));
    return new ParquetSink(folder.resolve("part-0.parquet"), ExportColumns.GOOGLE);
  }

  private void events() {
    LocalDate last = settings.last().atDay(1);
    expected.event(
        last.withDayOfMonth(16),
        "price_change",
        "p5.48xlarge on demand from 55.04 to 49.536 USD an hour");
    expected.event(
        cluster.idleSaturday(),
        "idle_weekend",
        cluster.nodes().get(SampleCluster.IDLE_NODE).name()
            + ": eight H100 that nobody scheduled, Saturday and Sunday");
    expected.event(
        last.withDayOfMonth(8),
        "maintenance",
        cluster.nodes().get(2).name() + ": three days down, its reservation unused");
    expected.event(
        handOver(settings),
        "hand_over",
        AwsCatalogue.HANDED_OVER.resource() + " goes from data to ads, tags unchanged");
  }

  /** Discards rows. */
  private static final class Nowhere implements RowSink {
    @Override
    public void write(Object[] values) {}

    @Override
    public void close() {}
  }
}
