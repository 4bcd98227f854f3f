package costlake.telemetry;

import costlake.telemetry.Samples.Segment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One figure of one object over the hours of a day: exact sums and the time that they cover. */
final class HourSums {
  private static final int NANOS_PER_MS = 1_000_000;
  private static final int NANO_DIGITS = 9;
  private static final int SPREAD_DIGITS = 12;

  private final long day;
  private final @Nullable BigDecimal[] sums = new BigDecimal[UtcHours.A_DAY];
  private final long[] measured = new long[UtcHours.A_DAY];

  HourSums(long day) {
    this.day = day;
  }

  /** Adds value x seconds. */
  HourSums addLevels(List<Segment> segments) {
    segments.forEach(each -> addShare(each.start(), each.end(), each.value(), 1, 0));
    return this;
  }

  /** Adds increases, each spread evenly over its time; the pieces add up to the increase. */
  HourSums addIncreases(List<Segment> segments) {
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
   * Adds value x seconds for one of several that share the time evenly; nanoseconds that do not
   * divide go to the first.
   */
  void addShare(long from, long until, BigDecimal value, int sharers, int rank) {
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

  /** The sum, or null where nothing was measured. */
  @Nullable BigDecimal sum(int hour) {
    BigDecimal sum = sums[hour];
    return sum == null ? null : sum.scaleByPowerOfTen(-NANO_DIGITS);
  }

  /** Milliseconds that the sum speaks for. */
  long measured(int hour) {
    return measured[hour];
  }
}
