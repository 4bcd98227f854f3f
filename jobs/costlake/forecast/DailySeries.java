package costlake.forecast;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * The figures of consecutive days, in any unit.
 *
 * @param start first day
 * @param values a figure for each day; NaN if it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record DailySeries(LocalDate start, double[] values) {
  private static final int WEEK = 7;

  public DailySeries {
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  int days() {
    return values.length;
  }

  /** Returns the day after the last day. */
  LocalDate end() {
    return start.plusDays(values.length);
  }

  /** Returns the number of days from the last one to another: 1 for the day after it. */
  int ahead(LocalDate day) {
    return Math.toIntExact(ChronoUnit.DAYS.between(end(), day)) + 1;
  }

  int holes() {
    return (int) Arrays.stream(values).filter(Double::isNaN).count();
  }

  /** Returns the series without the days before its first figure that is not zero. */
  DailySeries fromFirstFigure() {
    int first = 0;
    while (first < values.length && (values[first] == 0 || Double.isNaN(values[first]))) {
      first++;
    }
    return first == values.length
        ? this
        : new DailySeries(start.plusDays(first), Arrays.copyOfRange(values, first, values.length));
  }

  /** Returns the series with its last days alone, of which there are at most so many. */
  DailySeries last(int most) {
    int first = Math.max(0, values.length - most);
    return new DailySeries(start.plusDays(first), Arrays.copyOfRange(values, first, values.length));
  }

  /**
   * Returns the series with a figure for each day: a day that is not known has the figure of the
   * day a week before, or else a week after; 0 if neither is known.
   */
  DailySeries filled() {
    double[] filled = values.clone();
    for (int day = 0; day < filled.length; day++) {
      if (Double.isNaN(filled[day])) {
        double before = day >= WEEK ? filled[day - WEEK] : Double.NaN;
        double after = day + WEEK < filled.length ? filled[day + WEEK] : Double.NaN;
        filled[day] = !Double.isNaN(before) ? before : Double.isNaN(after) ? 0 : after;
      }
    }
    return new DailySeries(start, filled);
  }
}
