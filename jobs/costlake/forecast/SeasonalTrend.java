package costlake.forecast;

import com.github.servicenow.ds.stats.stl.SeasonalTrendLoess;
import java.util.Arrays;

/** Weekdays by STL: a seasonal decomposition by locally weighted regression. */
final class SeasonalTrend {
  /** Weeks over which a weekday is smoothed. */
  private static final int SMOOTHED_WEEKS = 13;

  private SeasonalTrend() {}

  static double[] ahead(double[] history) {
    SeasonalTrendLoess.Decomposition parts =
        new SeasonalTrendLoess.Builder()
            .setPeriodLength(Weeks.DAYS)
            .setSeasonalWidth(SMOOTHED_WEEKS)
            .setInnerIterations(1)
            .setRobustnessIterations(3)
            .buildSmoother(history)
            .decompose();
    double[] seasonal = parts.getSeasonal();
    int days = history.length;
    double level = parts.getTrend()[days - 1];
    return Arrays.stream(seasonal, days - Weeks.DAYS, days).map(season -> level + season).toArray();
  }
}
