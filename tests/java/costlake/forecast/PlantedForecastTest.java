package costlake.forecast;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Forecasts thirteen planted months, of which level, growth, weekends and noise are known. */
class PlantedForecastTest {
  private static final int DAYS = 395;

  private static final double[] GROWTH = {0, 0.001, 0.003, -0.001};
  private static final double[] WEEKENDS = {1, 0.6, 0.3};
  private static final double[] NOISE = {0.03, 0.1, 0.25};
  private static final int DAYS_BETWEEN_SHIFTS = 150;

  @Test
  void isNearerThanTheLastWeekRepeatedAndKnowsItsErrors() {
    Trial.passes("planted", panel(), 25, 7, 14, 28, 91);
  }

  static Map<String, double[]> panel() {
    Map<String, double[]> panel = new TreeMap<>();
    for (int i = 0; i < GROWTH.length * WEEKENDS.length; i++) {
      panel.put("series " + i, planted(i));
    }
    return panel;
  }

  /** Returns costs of days, with noise, weekends, growth, and new levels now and then. */
  private static double[] planted(int seed) {
    Random random = new Random(seed);
    double[] costs = new double[DAYS];
    double level = 100 * (seed + 1);
    for (int day = 0; day < DAYS; day++) {
      level *= 1 + GROWTH[seed % GROWTH.length];
      if (random.nextInt(DAYS_BETWEEN_SHIFTS) == 0) {
        level *= random.nextBoolean() ? 1.3 : 0.75;
      }
      double weekday = day % 7 >= 5 ? WEEKENDS[seed % WEEKENDS.length] : 1;
      double noise = NOISE[seed / GROWTH.length] * random.nextGaussian();
      costs[day] = level * weekday * Math.max(0, 1 + noise);
    }
    return costs;
  }
}
