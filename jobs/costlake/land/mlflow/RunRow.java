package costlake.land.mlflow;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A run, as a row of {@code mlflow_runs}. All values are text. */
final class RunRow {
  /** Digits of a metric that are written without an exponent. */
  private static final int PLAIN_DIGITS_MAX = 40;

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, String> metrics = new TreeMap<>();
  private final Map<String, String> params = new TreeMap<>();
  private final Map<String, String> tags = new TreeMap<>();

  RunRow(String runId) {
    fields.put("run_id", runId);
  }

  RunRow with(String field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(field, value);
    }
    return this;
  }

  /** Adds an instant that MLflow states in milliseconds since 1970; 0 is MLflow's "not yet". */
  RunRow at(String field, @Nullable String millis) {
    return "0".equals(millis) ? this : with(field, instant(millis));
  }

  RunRow metric(String name, double value) {
    metrics.put(name, text(value));
    return this;
  }

  RunRow param(String name, @Nullable String value) {
    params.put(name, value == null ? "" : value);
    return this;
  }

  RunRow tag(String name, @Nullable String value) {
    tags.put(name, value == null ? "" : value);
    return this;
  }

  /** Notes what could not be read of the run. */
  RunRow problem(String text) {
    fields.merge("problems", text, (before, more) -> before + "; " + more);
    return this;
  }

  boolean hasMetric(String name) {
    return metrics.containsKey(name);
  }

  /** Adds the times at which a metric was logged, under the name {@code metrics.<metric>}. */
  RunRow times(String metric, List<Long> millis) {
    if (millis.isEmpty()) {
      return this;
    }
    SortedSet<Instant> times = new TreeSet<>();
    millis.forEach(one -> times.add(Instant.ofEpochMilli(one)));
    fields.put(
        CheckpointMetric.PREFIX + metric,
        String.join(",", times.stream().map(Instant::toString).toList()));
    return this;
  }

  /** Returns the members of the row. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>(fields);
    members.put("metrics", metrics);
    members.put("params", params);
    members.put("tags", tags);
    return members;
  }

  /** Returns the instant as ISO 8601, or the text itself if it is none, so that it is rejected. */
  static @Nullable String instant(@Nullable String millis) {
    if (millis == null || millis.isEmpty()) {
      return null;
    }
    try {
      return Instant.ofEpochMilli(Long.parseLong(millis)).toString();
    } catch (NumberFormatException | DateTimeException e) {
      return millis;
    }
  }

  /** Returns the value as text, the same from each way to read MLflow. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean isShort = Math.abs(exact.scale()) < PLAIN_DIGITS_MAX;
    return isShort ? exact.toPlainString() : exact.toString();
  }
}
