package costlake.telemetry.prometheus;

import costlake.telemetry.series.Quantity;
import java.util.Optional;

/**
 * A metric that a family of telemetry reads.
 *
 * @param file name of its response file, without ending
 * @param quantity meaning of its values
 * @param promql the query that fetches it from a server; {@link #FILES_ONLY} if only files have it.
 *     {@link #WINDOW} and {@link #STEP} stand for durations
 */
public record Metric(String file, Quantity quantity, String promql) {
  /** Query of a metric that is not queried from a server. */
  public static final String FILES_ONLY = "";

  /** Stands for the length of the window of a rate. */
  public static final String WINDOW = "$window";

  /**
   * Stands for the step. A sample is valid for the step after it, so the window of a rate must end
   * with that step.
   */
  public static final String STEP = "$step";

  private static final int WINDOW_S_MIN = 300;

  /** Returns the query in PromQL; empty if the metric is read from files only. */
  public Optional<String> query(int stepS) {
    int windowS = Math.max(WINDOW_S_MIN, stepS);
    return promql.equals(FILES_ONLY)
        ? Optional.empty()
        : Optional.of(promql.replace(WINDOW, windowS + "s").replace(STEP, stepS + "s"));
  }
}
