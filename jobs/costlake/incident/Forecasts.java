package costlake.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The forecasts of a series, each with a record of its errors: by slot of the day or the week, by
 * the level of the last season, and as the last value. That with the smallest errors of late
 * counts.
 */
final class Forecasts {
  /** Errors fade over a week of days. */
  private static final int SEASONS = 7;

  private final List<Tracked> all = new ArrayList<>();
  private final double fading;

  /**
   * @param rare the rarity of an incident
   */
  Forecasts(Rhythm rhythm, double rare) {
    fading = 1 - 1.0 / (SEASONS * rhythm.season());
    for (ToLongFunction<Instant> cycle : rhythm.cycles()) {
      all.add(new Tracked(new Profile(cycle), new Tail(rare)));
    }
    all.add(new Tracked(new Recent(1), new Tail(rare)));
    all.add(new Tracked(new Recent(rhythm.season()), new Tail(rare)));
  }

  /**
   * Returns the forecast that was nearest of late. One whose errors are too few to be judged counts
   * only if there is no other.
   */
  Tracked best(Instant time) {
    Tracked best = all.get(0);
    for (Tracked one : all) {
      if (one.better(best, time)) {
        best = one;
      }
    }
    return best;
  }

  void learn(Instant time, double value, double size) {
    all.forEach(one -> one.learn(time, value, size, fading));
  }

  /** A forecast with the record of its errors. */
  static final class Tracked {
    private final LearningForecast forecast;
    private final Tail errors;
    private double sum;
    private double weight;

    private Tracked(LearningForecast forecast, Tail errors) {
      this.forecast = forecast;
      this.errors = errors;
    }

    /** Returns the expected value; NaN if too little is known. */
    double at(Instant time) {
      return forecast.at(time);
    }

    /** Returns how rare a value is for this forecast. */
    double rarity(Instant time, double value, double size) {
      return errors.rarity(Math.abs(value - at(time)), size);
    }

    boolean cyclic() {
      return forecast.cyclic();
    }

    Forecast frozen() {
      return forecast.frozen();
    }

    private boolean better(Tracked other, Instant time) {
      int rank = Integer.compare(rank(time), other.rank(time));
      return rank > 0 || (rank == 0 && error() < other.error());
    }

    /** Returns the mean error of late; a forecast that has none yet comes last. */
    private double error() {
      return weight == 0 ? Double.POSITIVE_INFINITY : sum / weight;
    }

    /** Zero if it expects nothing then, two if its errors can be judged. */
    private int rank(Instant time) {
      if (Double.isNaN(at(time))) {
        return 0;
      }
      return errors.known() ? 2 : 1;
    }

    private void learn(Instant time, double value, double size, double fading) {
      double error = Math.abs(value - at(time));
      if (!Double.isNaN(error)) {
        sum = sum * fading + error;
        weight = weight * fading + 1;
      }
      errors.learn(error, size);
      forecast.learn(time, value);
    }
  }
}
