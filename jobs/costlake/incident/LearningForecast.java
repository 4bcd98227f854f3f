package costlake.incident;

import java.time.Instant;

/** A forecast that learns the series point by point. */
interface LearningForecast extends Forecast {
  /** Learns a value. */
  void learn(Instant time, double value);

  /** Returns the forecast of now, which learns nothing more. */
  Forecast frozen();
}
