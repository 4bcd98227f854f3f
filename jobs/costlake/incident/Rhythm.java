package costlake.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How often a series has a point, and what may repeat in it.
 *
 * @param spacing usual time between points
 * @param season points of the shortest cycle: a day, a week for daily points, a year for months
 * @param quarter points of a quarter
 * @param cycles for each cycle, the slot of a time, e.g. Monday 9:00
 */
record Rhythm(Duration spacing, int season, double quarter, List<ToLongFunction<Instant>> cycles) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration QUARTER = Duration.ofDays(91);

  /** Months have 28 to 31 days. */
  private static final Duration MONTH = Duration.ofDays(28);

  private static final int MONTHS = 12;

  /** Points between a day and a month apart have no cycle that a few years could show. */
  private static final int NO_SEASON = 4;

  /** Returns the rhythm of points that are usually {@code spacing} apart. */
  static Rhythm of(Duration spacing) {
    double quarter = (double) QUARTER.toSeconds() / spacing.toSeconds();
    if (spacing.compareTo(DAY.dividedBy(2)) <= 0) {
      return new Rhythm(
          spacing,
          points(DAY, spacing),
          quarter,
          List.of(slots(DAY, spacing), slots(WEEK, spacing)));
    }
    if (spacing.compareTo(DAY.multipliedBy(2)) < 0) {
      return new Rhythm(spacing, points(WEEK, spacing), quarter, List.of(slots(WEEK, spacing)));
    }
    return spacing.compareTo(MONTH) < 0
        ? new Rhythm(spacing, NO_SEASON, quarter, List.of())
        : new Rhythm(spacing, MONTHS, quarter, List.of(Rhythm::month));
  }

  private static int points(Duration cycle, Duration spacing) {
    return Math.toIntExact(Math.round((double) cycle.toSeconds() / spacing.toSeconds()));
  }

  private static ToLongFunction<Instant> slots(Duration cycle, Duration spacing) {
    return time -> Math.floorMod(time.getEpochSecond(), cycle.toSeconds()) / spacing.toSeconds();
  }

  private static long month(Instant time) {
    return time.atOffset(ZoneOffset.UTC).getMonthValue();
  }
}
