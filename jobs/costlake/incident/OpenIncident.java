package costlake.incident;

import java.time.Instant;

/**
 * An incident that goes on until the series is back at what was expected, or until its new level is
 * learnt. Back means nearer to the expectation than half of the first deviation.
 */
final class OpenIncident {
  private final Forecast before;
  private final double deviation;
  private int left;

  /**
   * @param before what was expected before
   * @param deviation of the first point
   * @param season number of points after which a new level is learnt
   */
  OpenIncident(Forecast before, double deviation, int season) {
    this.before = before;
    this.deviation = deviation;
    this.left = season;
  }

  /** Returns what would be expected now without the incident. */
  double expected(Instant time) {
    return before.at(time);
  }

  /** Takes the next point; false if the incident ended before it. */
  boolean goesOn(Instant time, double value) {
    left--;
    double now = value - before.at(time);
    return left > 0 && now * Math.signum(deviation) > Math.abs(deviation) / 2;
  }
}
