package costlake.sample;

import costlake.core.Failure;
import java.time.YearMonth;

/**
 * Settings of the generator. Equal settings give equal rows.
 *
 * @param seed seed of all random values
 * @param months number of billing months
 * @param last last billing month
 * @param scale number of resources of each kind; the number of rows grows with it
 * @param telemetryMonths number of months with telemetry, which are the last months
 * @param stepS seconds between two samples
 * @param format of the AWS bill
 * @param names of tags, accounts and teams
 * @param rowsPerFile rows after which the AWS bill goes on in another file
 */
public record SampleSettings(
    long seed,
    int months,
    YearMonth last,
    int scale,
    int telemetryMonths,
    int stepS,
    Format format,
    Names names,
    int rowsPerFile) {
  private static final int HOUR_S = 3600;

  /** The format of the AWS bill. */
  public enum Format {
    /** CUR 2.0 as Parquet. */
    PARQUET,
    /** CUR 2.0 as CSV with gzip, with maps as JSON. */
    CSV,
    /**
     * The legacy Cost and Usage Report as CSV with gzip: headers with a slash, a column for each
     * tag.
     */
    LEGACY_CSV
  }

  /** The names of tags, accounts and teams. */
  public enum Names {
    PLAIN,
    /** Names that attack SQL, HTML, spreadsheets and file paths. */
    HOSTILE
  }

  public SampleSettings {
    if (months < 1 || scale < 1 || telemetryMonths < 0 || rowsPerFile < 1) {
      throw Failure.operator(
          """
          Invalid sample data: months %s, scale %s, telemetry months %s, rows per file %s. Months, scale
          and rows per file must be at least 1
          """,
          months, scale, telemetryMonths, rowsPerFile);
    }
    if (stepS < 1 || HOUR_S % stepS != 0) {
      throw Failure.operator(
          "Invalid step of %s s: an hour must be a multiple of the step, e.g. 300", stepS);
    }
  }

  /** Settings for thirteen months of about two thousand lines each, the last two with telemetry. */
  public static SampleSettings demo() {
    return new SampleSettings(
        42, 13, YearMonth.of(2026, 9), 1, 2, 300, Format.PARQUET, Names.PLAIN, 500_000);
  }

  /** First billing month. */
  public YearMonth first() {
    return last.minusMonths(months - 1L);
  }

  /** These settings with another seed. */
  public SampleSettings seed(long other) {
    return new SampleSettings(
        other, months, last, scale, telemetryMonths, stepS, format, names, rowsPerFile);
  }

  /**
   * These settings for {@code count} months up to {@code end}, of which the last {@code telemetry}
   * months have telemetry.
   */
  public SampleSettings months(int count, YearMonth end, int telemetry) {
    return new SampleSettings(
        seed, count, end, scale, telemetry, stepS, format, names, rowsPerFile);
  }

  /** These settings with {@code resources} resources of each kind. */
  public SampleSettings scale(int resources) {
    return new SampleSettings(
        seed, months, last, resources, telemetryMonths, stepS, format, names, rowsPerFile);
  }

  /** These settings with another format of the AWS bill. */
  public SampleSettings format(Format other) {
    return new SampleSettings(
        seed, months, last, scale, telemetryMonths, stepS, other, names, rowsPerFile);
  }

  /** These settings with other names. */
  public SampleSettings names(Names other) {
    return new SampleSettings(
        seed, months, last, scale, telemetryMonths, stepS, format, other, rowsPerFile);
  }

  /** These settings with another step between samples. */
  public SampleSettings stepS(int seconds) {
    return new SampleSettings(
        seed, months, last, scale, telemetryMonths, seconds, format, names, rowsPerFile);
  }

  /** These settings with other sizes of files. */
  public SampleSettings rowsPerFile(int rows) {
    return new SampleSettings(
        seed, months, last, scale, telemetryMonths, stepS, format, names, rows);
  }
}
