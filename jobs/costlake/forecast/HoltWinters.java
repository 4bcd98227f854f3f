package costlake.forecast;

import java.util.Arrays;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Exponential smoothing of level, damped trend and additive weekdays. The three smoothing
 * parameters have the least squares of errors one day ahead.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 8.3.
 */
final class HoltWinters {
  /** What is left of the trend after a day. Short series do not say it, so it is not fitted. */
  private static final double DAMPING = 0.92;

  private static final int FIRST_WEEKS = 2;

  /** The simplex stops when the squares of its corners differ by less, or after these steps. */
  private static final double TOLERANCE = 1e-6;

  private static final int STEPS = 200;
  private static final double SIDE = 0.8;

  /** Parameters before the logistic function: 0.3, 0.05 and 0.1. */
  private static final double[] GUESS = {-0.85, -2.94, -2.2};

  private final double alpha;
  private final double beta;
  private final double gamma;
  private final double[] seasons;
  private double level;
  private double trend;
  private double squares;
  private int day;

  private HoltWinters(double[] history, double[] point) {
    alpha = logistic(point[0]);
    beta = logistic(point[1]);
    gamma = logistic(point[2]);
    double[] first = Arrays.copyOf(history, FIRST_WEEKS * Weeks.DAYS);
    level = Arrays.stream(first).average().orElseThrow();
    seasons = Arrays.stream(Weeks.mean(first, FIRST_WEEKS)).map(mean -> mean - level).toArray();
    Arrays.stream(history).forEach(this::learn);
  }

  private static double logistic(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  private void learn(double value) {
    int weekday = day++ % Weeks.DAYS;
    double expected = level + DAMPING * trend;
    double error = value - expected - seasons[weekday];
    squares += error * error;
    level = expected + alpha * error;
    trend = DAMPING * trend + alpha * beta * error;
    seasons[weekday] += gamma * (1 - alpha) * error;
  }

  /** Fits the parameters to a history of at least two weeks. */
  static HoltWinters fit(double[] history) {
    double scale = Arrays.stream(history).map(Math::abs).average().orElse(0);
    double[] scaled = Arrays.stream(history).map(v -> scale == 0 ? v : v / scale).toArray();
    return new HoltWinters(history, best(point -> new HoltWinters(scaled, point).squares));
  }

  private static double[] best(MultivariateFunction squares) {
    return new SimplexOptimizer(new SimpleValueChecker(TOLERANCE, 0, STEPS))
        .optimize(
            MaxEval.unlimited(),
            new ObjectiveFunction(squares),
            GoalType.MINIMIZE,
            new InitialGuess(GUESS),
            new NelderMeadSimplex(GUESS.length, SIDE))
        .getPoint();
  }

  /** Returns the figures of the days after the history. */
  double[] ahead(int days) {
    double[] ahead = new double[days];
    double damped = 0;
    double factor = 1;
    for (int i = 0; i < days; i++) {
      factor *= DAMPING;
      damped += factor;
      ahead[i] = level + damped * trend + seasons[(day + i) % Weeks.DAYS];
    }
    return ahead;
  }
}
