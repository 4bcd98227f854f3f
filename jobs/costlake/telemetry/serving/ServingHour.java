package costlake.telemetry.serving;

import costlake.telemetry.series.Subject;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine of a pod counted for a model in one hour.
 *
 * @param hour hour of the day, from 0 to 23
 * @param served endpoint, namespace, pod, model and version, see {@link Engine#SUBJECT}
 * @param figures the measured figures; a measure without a figure is unknown
 */
record ServingHour(
    int hour, Subject served, String engine, Map<ServingMeasure, BigDecimal> figures) {
  /** Name of the endpoint of series that name none. */
  static final String UNKNOWN = "unknown";

  ServingHour {
    figures = Map.copyOf(figures);
  }

  String endpoint() {
    return served.name(0).isEmpty() ? UNKNOWN : served.name(0);
  }

  /** Returns a name of what is served besides the endpoint; null if it is unknown. */
  @Nullable String name(int position) {
    return served.name(position).isEmpty() ? null : served.name(position);
  }

  @Nullable BigDecimal figure(ServingMeasure measure) {
    return figures.get(measure);
  }
}
