package costlake.forecast;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The ways to forecast a series. All know the week. */
public enum Method {
  /** The last week, repeated. The others are judged against it. */
  SEASONAL_NAIVE(
      history -> Arrays.copyOfRange(history, history.length - Weeks.DAYS, history.length)),

  /** The mean of each weekday over the last two weeks, repeated. */
  FLAT(history -> Weeks.mean(history, 2)),

  /**
   * As {@link #FLAT}, with the growth of the last eight weeks, which goes on for as long as it was
   * seen.
   */
  DRIFT(Drift::ahead),

  /** Damped exponential smoothing of level, trend and weekdays, by Holt and Winters. */
  HOLT_WINTERS(history -> HoltWinters.fit(history).ahead(Weeks.HORIZON)),

  /** Weekdays and level by STL. */
  STL(SeasonalTrend::ahead),

  /** The mean of all others but {@link #DRIFT}. It is seldom the best and hardly ever bad. */
  COMBINED(Method::combined);

  private static final Set<Method> PARTS = EnumSet.of(SEASONAL_NAIVE, FLAT, HOLT_WINTERS, STL);

  /** Older days say nothing about the weeks to come. */
  static final int MOST_DAYS = 26 * Weeks.DAYS;

  /** Returns figures of the days ahead; after them, the last week repeats. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final UnaryOperator<double[]> figures;

  Method(UnaryOperator<double[]> figures) {
    this.figures = figures;
  }

  /**
   * Forecasts the days after a history.
   *
   * @param history at least two weeks without holes
   */
  double[] ahead(double[] history, int days) {
    int first = Math.max(0, history.length - MOST_DAYS);
    double[] known = figures.apply(Arrays.copyOfRange(history, first, history.length));
    double[] ahead = Arrays.copyOf(known, days);
    for (int day = known.length; day < days; day++) {
      ahead[day] = ahead[day - Weeks.DAYS];
    }
    return ahead;
  }

  /**
   * Forecasts by every method, at the cost of each once.
   *
   * @param history at least two weeks without holes
   */
  static Map<Method, double[]> each(double[] history, int days) {
    Map<Method, double[]> each = new EnumMap<>(Method.class);
    PARTS.forEach(part -> each.put(part, part.ahead(history, days)));
    each.put(COMBINED, mean(each.values()));
    each.put(DRIFT, DRIFT.ahead(history, days));
    return each;
  }

  private static double[] combined(double[] history) {
    return mean(PARTS.stream().map(part -> part.ahead(history, Weeks.HORIZON)).toList());
  }

  private static double[] mean(Collection<double[]> parts) {
    return IntStream.range(0, parts.iterator().next().length)
        .mapToDouble(day -> parts.stream().mapToDouble(part -> part[day]).average().orElseThrow())
        .toArray();
  }
}
