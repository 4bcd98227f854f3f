package costlake.incident;

import java.time.Instant;

/** Judges the points of one series, each by what came before it. */
public interface Detector {
  /**
   * Judges the next point, then learns it. The points must come in the order in which they became
   * known; a time that repeats or goes back is allowed.
   *
   * @param value a number between -1e100 and 1e100, in the unit of the series
   * @throws IllegalArgumentException if the value is not such a number
   */
  Judgement judge(Instant time, double value);
}
