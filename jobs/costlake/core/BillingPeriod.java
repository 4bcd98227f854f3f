package costlake.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A calendar month in UTC for which invoices are issued. The end is exclusive. */
public record BillingPeriod(YearMonth month) implements Comparable<BillingPeriod> {

  /**
   * Reads {@code 2026-09}.
   *
   * @throws Failure with exit code 2 if the text is no month
   */
  public static BillingPeriod parse(String text) {
    try {
      return new BillingPeriod(YearMonth.parse(text));
    } catch (DateTimeParseException e) {
      throw Failure.operator("Invalid period '%s': write a month as YYYY-MM, e.g. 2026-09", text);
    }
  }

  /** The period of a day. */
  public static BillingPeriod of(LocalDate day) {
    return new BillingPeriod(YearMonth.from(day));
  }

  /** First day. */
  public LocalDate firstDay() {
    return month.atDay(1);
  }

  /** First instant. */
  public Instant start() {
    return firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** First instant after the period. */
  public Instant end() {
    return next().start();
  }

  /** The month after. */
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
