package costlake.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forecasts a panel of series from earlier days, as a night would have done, and compares with what
 * came. Errors are parts of the mean of a series, so that series of any size and unit count alike.
 */
final class Trial {
  private static final LocalDate START = LocalDate.of(2025, 1, 6);
  private static final int WEEK = 7;

  /** The errors of the sums of the first days ahead. */
  private static final class Horizon {
    final int days;
    private double came;
    private double missed;
    private double naiveMissed;
    private double bias;
    private int inside;
    private int forecasts;

    Horizon(int days) {
      this.days = days;
    }

    double wape() {
      return 100 * missed / came;
    }

    double naiveWape() {
      return 100 * naiveMissed / came;
    }

    double coverage() {
      return 100.0 * inside / forecasts;
    }

    private void add(Estimate estimate, double naive, double actual, double scale) {
      came += Math.abs(actual) / scale;
      missed += Math.abs(estimate.expected() - actual) / scale;
      naiveMissed += Math.abs(naive - actual) / scale;
      bias += (estimate.expected() - actual) / scale;
      inside += estimate.low() <= actual && actual <= estimate.high() ? 1 : 0;
      forecasts++;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d days: WAPE %.2f %% (seasonal naive %.2f %%), bias %.2f %%, coverage %.1f %% of %d",
          days,
          wape(),
          naiveWape(),
          100 * bias / came,
          coverage(),
          forecasts);
    }
  }

  private Trial() {}

  /**
   * Forecasts from every {@code step} days, and prints the errors. Fails if they are not smaller
   * than those of the last week repeated, or if the interval does not have 70 to 90 % of what came.
   *
   * @param panel series of any length, which end on the same day
   */
  static void passes(String name, Map<String, double[]> panel, int step, int... horizons) {
    for (Horizon horizon : of(panel, step, horizons)) {
      System.out.println(name + ", " + horizon);
      assertThat(horizon.wape()).as(horizon.toString()).isLessThan(horizon.naiveWape());
      assertThat(horizon.coverage()).as(horizon.toString()).isBetween(70.0, 90.0);
    }
  }

  private static List<Horizon> of(Map<String, double[]> panel, int step, int... horizons) {
    List<Horizon> results = new ArrayList<>();
    Arrays.stream(horizons).mapToObj(Horizon::new).forEach(results::add);
    int longest = panel.values().stream().mapToInt(v -> v.length).max().orElseThrow();
    for (int left = WEEK; left <= longest - 3 * WEEK; left += step) {
      Forecaster forecaster = Forecaster.of(until(panel, left));
      for (Map.Entry<String, double[]> series : panel.entrySet()) {
        for (Horizon horizon : results) {
          if (horizon.days <= left) {
            judge(forecaster, series.getKey(), series.getValue(), left, horizon);
          }
        }
      }
    }
    return results;
  }

  private static void judge(
      Forecaster forecaster, String name, double[] values, int left, Horizon horizon) {
    int origin = values.length - left;
    LocalDate end = START.minusDays(left);
    Estimate estimate = forecaster.sum(name, end, end.plusDays(horizon.days - 1));
    if (estimate.expected() == null) {
      return;
    }
    double naive = 0;
    double actual = 0;
    for (int day = 0; day < horizon.days; day++) {
      naive += values[origin - WEEK + day % WEEK];
      actual += values[origin + day];
    }
    double scale = Arrays.stream(values).map(Math::abs).average().orElseThrow();
    horizon.add(estimate, naive, actual, scale);
  }

  /** Returns the series without their last days. The days end with the one before START. */
  private static Map<String, DailySeries> until(Map<String, double[]> panel, int left) {
    Map<String, DailySeries> known = new TreeMap<>();
    panel.forEach(
        (name, values) -> {
          if (values.length > left) {
            known.put(
                name,
                new DailySeries(
                    START.minusDays(values.length), Arrays.copyOf(values, values.length - left)));
          }
        });
    return known;
  }
}
