package costlake.incident;

import java.time.Instant;

/** A forecast that learns the series point by point. */
interface LearningForecast extends Forecast {
  /** Learns a value. */
  void learn(Instant time, double value);

  /** Whether it depends on the time of the day, the day of the week or the month of the year. */
  boolean cyclic();

  /** Returns the forecast of now, which learns nothing more. */
  Forecast frozen();
}
