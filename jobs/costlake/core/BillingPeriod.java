package costlake.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A calendar month in UTC, for which providers issue invoices. */
public record BillingPeriod(YearMonth month) implements Comparable<BillingPeriod> {

  /**
   * Reads a month such as {@code 2026-09}.
   *
   * @throws Failure with exit code 2 if the text is not a month
   */
  public static BillingPeriod parse(String text) {
    try {
      return new BillingPeriod(YearMonth.parse(text));
    } catch (DateTimeParseException e) {
      throw Failure.operator("Invalid period '%s': write a month as YYYY-MM, e.g. 2026-09", text);
    }
  }

  /** Returns the month that contains a day. */
  public static BillingPeriod of(LocalDate day) {
    return new BillingPeriod(YearMonth.from(day));
  }

  public LocalDate firstDay() {
    return month.atDay(1);
  }

  /** Returns the first instant of the month. */
  public Instant start() {
    return firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Returns the first instant after the month. */
  public Instant end() {
    return next().start();
  }

  /** Returns the next month. */
  public BillingPeriod next() {
    return new BillingPeriod(month.plusMonths(1));
  }

  @Override
  public int compareTo(BillingPeriod other) {
    return month.compareTo(other.month);
  }

  @Override
  public String toString() {
    return month.toString();
  }
}
