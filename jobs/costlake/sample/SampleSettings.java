package costlake.sample;

import costlake.core.Failure;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Consumer;

/** Settings of the generator. Equal settings give equal rows. */
public final class SampleSettings implements Cloneable {
  private static final int HOUR_S = 3600;

  private long seed = 42;
  private int months = 13;
  private YearMonth last = YearMonth.of(2026, 9);
  private int scale = 1;
  private int telemetryMonths = 2;
  private int stepS = 300;
  private Format format = Format.PARQUET;
  private Names names = Names.PLAIN;
  private boolean hasIncidents;

  private SampleSettings() {}

  /** The format of the AWS bill. */
  public enum Format {
    /** CUR 2.0 as Parquet. */
    PARQUET,
    /** CUR 2.0 as gzip CSV, maps as JSON. */
    CSV,
    /** The legacy Cost and Usage Report as gzip CSV, slash headers, tags as columns. */
    LEGACY_CSV
  }

  /** The names of tags, accounts and teams. */
  public enum Names {
    PLAIN,
    /** Names that try to break out of SQL, HTML, spreadsheets and paths. */
    HOSTILE
  }

  /**
   * Returns settings for thirteen months of about two thousand lines each; the last two months have
   * telemetry.
   */
  public static SampleSettings demo() {
    return new SampleSettings();
  }

  /** Returns these settings with another seed. */
  public SampleSettings seed(long other) {
    return with(copy -> copy.seed = other);
  }

  /**
   * Returns these settings for {@code count} months up to {@code end}; the last {@code telemetry}
   * months have telemetry.
   */
  public SampleSettings months(int count, YearMonth end, int telemetry) {
    return with(
        copy -> {
          copy.months = count;
          copy.last = end;
          copy.telemetryMonths = telemetry;
        });
  }

  /** Returns these settings with {@code resources} resources of each kind. */
  public SampleSettings scale(int resources) {
    return with(copy -> copy.scale = resources);
  }

  /** Returns these settings with another format of the AWS bill. */
  public SampleSettings format(Format other) {
    return with(copy -> copy.format = other);
  }

  /** Returns these settings with other names. */
  public SampleSettings names(Names other) {
    return with(copy -> copy.names = other);
  }

  /** Returns these settings with another step between samples. */
  public SampleSettings stepS(int seconds) {
    return with(copy -> copy.stepS = seconds);
  }

  /**
   * Returns these settings for a company to which the incidents of {@code incidents.yml} happen.
   */
  public SampleSettings incidents() {
    return with(copy -> copy.hasIncidents = true);
  }

  private SampleSettings with(Consumer<SampleSettings> change) {
    SampleSettings copy = clone();
    change.accept(copy);
    copy.check();
    return copy;
  }

  @Override
  protected SampleSettings clone() {
    try {
      return (SampleSettings) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check() {
    if (months < 1 || scale < 1 || telemetryMonths < 0) {
      throw Failure.operator(
          """
          Invalid sample data: months %s, scale %s, telemetry months %s; months and scale must be at
          least 1
          """,
          months, scale, telemetryMonths);
    }
    if (stepS < 1 || HOUR_S % stepS != 0) {
      throw Failure.operator("Invalid step of %s s: it must divide an hour, e.g. 300", stepS);
    }
  }

  /** Returns the seed. All generated figures depend on it. */
  public long seed() {
    return seed;
  }

  /** Returns the number of billing months. */
  public int months() {
    return months;
  }

  /** Returns the first billing month. */
  public YearMonth first() {
    return last.minusMonths(months - 1L);
  }

  /** Returns the last billing month. */
  public YearMonth last() {
    return last;
  }

  /** Returns the number of months with telemetry. These are the last months. */
  public int telemetryMonths() {
    return telemetryMonths;
  }

  /** Returns the first day with telemetry; the day after the last month if no month has any. */
  LocalDate telemetryFrom() {
    return last.plusMonths(1).minusMonths(Math.min(telemetryMonths, months)).atDay(1);
  }

  /** Returns the day after the last month. */
  LocalDate end() {
    return last.plusMonths(1).atDay(1);
  }

  /** Returns the number of resources of each kind. The number of rows grows with it. */
  int scale() {
    return scale;
  }

  /** Returns the seconds between two samples. */
  int stepS() {
    return stepS;
  }

  Format format() {
    return format;
  }

  Names names() {
    return names;
  }

  boolean hasIncidents() {
    return hasIncidents;
  }
}
