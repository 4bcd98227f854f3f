package costlake.land.mlflow;

import java.util.Map;
import java.util.Optional;

/**
 * The metric that a run logs with each checkpoint, if the configuration names one: {@code columns:
 * {checkpoints: metrics.NAME}}.
 */
final class CheckpointMetric {
  static final String PREFIX = "metrics.";

  private static final String COLUMN = "checkpoints";

  private CheckpointMetric() {}

  /**
   * Returns the name of the metric.
   *
   * @param columns the configured columns of the source
   */
  static Optional<String> of(Map<String, String> columns) {
    return Optional.ofNullable(columns.get(COLUMN))
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()));
  }
}
