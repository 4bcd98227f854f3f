package costlake.forecast;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Forecasts of a series by every method from earlier days (origins), each with what was known then,
 * against what came. Errors are in units of the scale of the series, so that they compare with
 * those of other series.
 */
final class BackTest {
  private static final int MIN_HISTORY = 2 * Weeks.DAYS;
  private static final int MOST_ORIGINS = 30;

  /** No series is taken to be steadier than by this part of its level. */
  private static final double STEADIEST = 0.005;

  private final double[] history;
  private final double scale;
  private final Map<Method, double[][]> cumulated = new EnumMap<>(Method.class);

  /**
   * Tests every method.
   *
   * @param history more than two weeks without holes
   */
  BackTest(double... history) {
    this.history = history.clone();
    this.scale = scale(history);
    int[] origins = origins(history.length);
    for (Method method : Method.values()) {
      cumulated.put(method, new double[origins.length][]);
    }
    for (int i = 0; i < origins.length; i++) {
      test(origins[i], i);
    }
  }

  private void test(int origin, int position) {
    Method.each(Arrays.copyOf(history, origin), history.length - origin)
        .forEach(
            (method, ahead) ->
                Objects.requireNonNull(cumulated.get(method))[position] = cumulated(ahead, origin));
  }

  /** Returns days that are not whole weeks apart, so that they are of every weekday. */
  private static int[] origins(int days) {
    int step = Math.max(Weeks.DAYS, days / MOST_ORIGINS);
    int apart = step % Weeks.DAYS == 0 ? step + 1 : step;
    return IntStream.iterate(days - 1, origin -> origin >= MIN_HISTORY, origin -> origin - apart)
        .toArray();
  }

  /** Returns the scaled errors of the sums of the first 0, 1, 2 ... days after an origin. */
  private double[] cumulated(double[] ahead, int origin) {
    double[] errors = new double[ahead.length + 1];
    for (int day = 0; day < ahead.length; day++) {
      double error = history[origin + day] - ahead[day];
      errors[day + 1] = errors[day] + (scale == 0 ? 0 : error / scale);
    }
    return errors;
  }

  private static double scale(double[] history) {
    double level = Arrays.stream(history).map(Math::abs).average().orElse(0);
    double change =
        IntStream.range(Weeks.DAYS, history.length)
            .mapToDouble(day -> Math.abs(history[day] - history[day - Weeks.DAYS]))
            .average()
            .orElse(0);
    return Math.max(change, STEADIEST * level);
  }

  /** Returns the figures of the days after the series. */
  double[] ahead(Method method, int days) {
    return method.ahead(history, days);
  }

  boolean isNeverNegative() {
    return Arrays.stream(history).noneMatch(value -> value < 0);
  }

  /** Returns the unit of the errors. */
  double scale() {
    return scale;
  }

  /** Returns the number of origins after which so many days came. */
  long origins(Method method, int days) {
    return Arrays.stream(cumulated.get(method)).filter(errors -> errors.length > days).count();
  }

  /**
   * Returns, for each origin, the error of a day of a window on average. Positive if more came than
   * was expected.
   */
  DoubleStream errors(Method method, Window window) {
    return Arrays.stream(cumulated.get(method))
        .filter(errors -> errors.length > window.until())
        .mapToDouble(errors -> (errors[window.until()] - errors[window.from()]) / window.days());
  }
}
