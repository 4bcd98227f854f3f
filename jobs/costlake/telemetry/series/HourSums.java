package costlake.telemetry.series;

import costlake.telemetry.series.Samples.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums of one quantity of one object in each hour of a day, and the time for which the
 * quantity was measured in each hour.
 */
public final class HourSums {
  private static final int NANOS_PER_MS = 1_000_000;
  private static final int NANO_DIGITS = 9;
  private static final int SPREAD_DIGITS = 12;

  private final long day;
  private final @Nullable BigDecimal[] sums = new BigDecimal[UtcHours.PER_DAY];
  private final long[] measured = new long[UtcHours.PER_DAY];

  /**
   * Creates sums without values.
   *
   * @param day first instant of the day, in milliseconds since the epoch
   */
  public HourSums(long day) {
    this.day = day;
  }

  /** Adds, for each segment, its value times its length in seconds. */
  public HourSums addLevels(List<Segment> segments) {
    segments.forEach(each -> addShare(each.start(), each.end(), each.value(), 1, 0));
    return this;
  }

  /**
   * Adds increases of a counter. Spreads each increase evenly over its interval. The parts in the
   * hours add up to exactly the increase.
   */
  public HourSums addIncreases(List<Segment> segments) {
    for (Segment each : segments) {
      UtcHours.split(
          day,
          each.start(),
          each.end(),
          (hour, start, end) -> {
            BigDecimal piece = grownUntil(each, end).subtract(grownUntil(each, start));
            add(hour, piece.scaleByPowerOfTen(NANO_DIGITS), end - start);
          });
    }
    return this;
  }

  private static BigDecimal grownUntil(Segment segment, long time) {
    return segment
        .value()
        .multiply(BigDecimal.valueOf(time - segment.start()))
        .divide(
            BigDecimal.valueOf(segment.end() - segment.start()), SPREAD_DIGITS, RoundingMode.DOWN);
  }

  /**
   * Adds a value times the seconds for one of several holders that share the time evenly. The
   * remaining nanoseconds of the division go to the first holders, one each.
   */
  public void addShare(long from, long until, BigDecimal value, int sharers, int rank) {
    UtcHours.split(
        day,
        from,
        until,
        (hour, start, end) -> {
          long nanos = (end - start) * NANOS_PER_MS;
          long share = nanos / sharers + (rank < nanos % sharers ? 1 : 0);
          add(hour, value.multiply(BigDecimal.valueOf(share)), end - start);
        });
  }

  private void add(int hour, BigDecimal valueNanos, long ms) {
    BigDecimal before = sums[hour];
    sums[hour] = before == null ? valueNanos : before.add(valueNanos);
    measured[hour] += ms;
  }

  /** Returns the sum of an hour; null if nothing was measured in the hour. */
  public @Nullable BigDecimal sum(int hour) {
    BigDecimal sum = sums[hour];
    return sum == null ? null : sum.scaleByPowerOfTen(-NANO_DIGITS);
  }

  /** Returns the number of milliseconds of an hour that were measured. */
  public long measured(int hour) {
    return measured[hour];
  }
}
