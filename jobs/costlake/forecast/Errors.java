package costlake.forecast;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The errors of the back-tests of a panel of series: they choose the method of a series, and their
 * quantiles are its interval (conformal prediction), which so assumes no distribution.
 */
final class Errors {
  /** All errors of the panel count as much as so many errors of the series itself. */
  private static final double PANEL_WEIGHT = 10;

  /** With fewer errors in the panel, those of an earlier or shorter window stand in. */
  private static final int FEW = 10;

  /** The errors of the panel are represented by so many of them, evenly spaced by size. */
  private static final int REPRESENTATIVES = 99;

  private static final double UPPER = 0.9;

  /** Errors that are so many times larger are clearly larger. */
  private static final double CLEARLY = 1.2;

  private final List<BackTest> panel;
  private final Map<Tested, double[]> pooled = new ConcurrentHashMap<>();

  Errors(Collection<BackTest> panel) {
    this.panel = List.copyOf(panel);
  }

  private record Tested(Method method, Window window) {}

  private record Weighted(double error, double weight) {}

  /** The interval of an error: four of five errors are in it. */
  record Interval(double low, double high) {}

  /**
   * Returns the method with the smallest errors in a window, those of the panel counted in, if they
   * are clearly smaller than those of {@link Method#COMBINED}; else that one.
   */
  Method best(BackTest series, Window window) {
    Window tested = tested(window);
    ToDoubleFunction<Method> size =
        method -> size(series, method, tested) * (method == Method.COMBINED ? 1 : CLEARLY);
    return Arrays.stream(Method.values()).min(Comparator.comparingDouble(size)).orElseThrow();
  }

  private double size(BackTest series, Method method, Window window) {
    double[] own = series.errors(method, window).toArray();
    return (sum(own) + PANEL_WEIGHT * mean(pooled(method, window))) / (own.length + PANEL_WEIGHT);
  }

  private static double sum(double... errors) {
    return Arrays.stream(errors).map(Math::abs).sum();
  }

  private static double mean(double... errors) {
    return errors.length == 0 ? 0 : sum(errors) / errors.length;
  }

  /**
   * Returns the interval of the error of the sum of a window. If no back-test reaches so far, the
   * errors grow with the root of the days ahead.
   */
  Interval interval(BackTest series, Method method, Window window) {
    Window tested = tested(window);
    double[] own = series.errors(method, tested).toArray();
    double[] others = pooled(method, tested);
    double factor =
        series.scale() * window.days() * Math.sqrt((double) window.until() / tested.until());
    return new Interval(
        -factor * Math.max(0, upper(own, others, -1)), factor * Math.max(0, upper(own, others, 1)));
  }

  private Window tested(Window window) {
    int reached = window.until();
    while (reached > 1 && count(reached) < FEW) {
      reached--;
    }
    return window.endingAt(reached);
  }

  private long count(int until) {
    return panel.stream().mapToLong(series -> series.origins(Method.FLAT, until)).sum();
  }

  private double[] pooled(Method method, Window window) {
    return pooled.computeIfAbsent(new Tested(method, window), this::pool);
  }

  private double[] pool(Tested tested) {
    double[] all =
        panel.stream()
            .flatMapToDouble(series -> series.errors(tested.method(), tested.window()))
            .sorted()
            .toArray();
    return all.length <= REPRESENTATIVES
        ? all
        : DoubleStream.iterate(0.5, i -> i + 1)
            .limit(REPRESENTATIVES)
            .map(i -> all[(int) (i * all.length / REPRESENTATIVES)])
            .toArray();
  }

  /**
   * Returns the upper quantile of errors times a sign. The error to come counts too, as the
   * largest.
   */
  private static double upper(double[] own, double[] others, int sign) {
    double weight = PANEL_WEIGHT / Math.max(1, others.length);
    List<Weighted> errors =
        Stream.concat(weighted(own, sign, 1), weighted(others, sign, weight))
            .sorted(Comparator.comparingDouble(Weighted::error))
            .toList();
    double above = UPPER * (errors.stream().mapToDouble(Weighted::weight).sum() + 1);
    double reached = 0;
    double error = 0;
    for (int i = 0; i < errors.size() && reached < above; i++) {
      error = errors.get(i).error();
      reached += errors.get(i).weight();
    }
    return error;
  }

  private static Stream<Weighted> weighted(double[] errors, int sign, double weight) {
    return DoubleStream.of(errors).mapToObj(error -> new Weighted(sign * error, weight));
  }
}
