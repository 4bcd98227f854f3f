package costlake.forecast;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts sums of the days after a panel of series. Each sum is forecast by the method with the
 * smallest errors in a back-test of sums of as many days ahead. These errors also say how far the
 * forecast may be off.
 *
 * <p>All series must end with the last day that is known and will not be restated.
 */
public final class Forecaster {
  /** Fewer days say nothing about weekdays and errors. */
  private static final int MIN_DAYS = 3 * Weeks.DAYS;

  private static final double MOST_HOLES = 0.1;
  private static final int MOST_DAYS = 400;

  private final Map<String, DailySeries> panel;
  private final Map<String, BackTest> tests;
  private final Errors errors;

  private Forecaster(Map<String, DailySeries> panel, Map<String, BackTest> tests) {
    this.panel = panel;
    this.tests = tests;
    this.errors = new Errors(tests.values());
  }

  /** Tests the methods on each series of a panel, by its name. */
  public static Forecaster of(Map<String, DailySeries> panel) {
    Map<String, DailySeries> known = new TreeMap<>();
    panel.forEach((name, series) -> known.put(name, series.fromFirstFigure().last(MOST_DAYS)));
    Map<String, BackTest> tests =
        known.entrySet().parallelStream()
            .filter(series -> obstacle(series.getValue()) == null)
            .collect(
                Collectors.toConcurrentMap(
                    Map.Entry::getKey,
                    series -> new BackTest(series.getValue().filled().values())));
    return new Forecaster(known, new TreeMap<>(tests));
  }

  private static @Nullable String obstacle(DailySeries series) {
    if (series.days() < MIN_DAYS) {
      return "too little history: %d days of %d".formatted(series.days(), MIN_DAYS);
    }
    return series.holes() > MOST_HOLES * series.days()
        ? "series has holes: %d days of %d are not known".formatted(series.holes(), series.days())
        : null;
  }

  /**
   * Forecasts the sum of the days of a period that are after the last day of the series.
   *
   * @param last last day of the period, which is after that of the series
   */
  public Estimate sum(String name, LocalDate first, LocalDate last) {
    DailySeries series = panel.get(name);
    if (series == null) {
      return Estimate.none("no day is known");
    }
    String obstacle = obstacle(series);
    return obstacle == null
        ? sum(
            Objects.requireNonNull(tests.get(name)),
            new Window(Math.max(0, series.ahead(first) - 1), series.ahead(last)))
        : Estimate.none(obstacle);
  }

  private Estimate sum(BackTest series, Window window) {
    Method method = errors.best(series, window);
    double expected =
        Arrays.stream(series.ahead(method, window.until()), window.from(), window.until()).sum();
    Errors.Interval error = errors.interval(series, method, window);
    double least = series.isNeverNegative() ? 0 : Double.NEGATIVE_INFINITY;
    return Estimate.of(
        Math.max(least, expected),
        Math.max(least, expected + error.low()),
        Math.max(least, expected + error.high()),
        method);
  }
}
