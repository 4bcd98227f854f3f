package costlake.telemetry.serving;

import java.util.List;
import java.util.Set;

/**
 * Selects series of a metric by one of their labels.
 *
 * @param position position of the label among the parts of the engine
 * @param isIncluded whether the series with these values count; otherwise all others do
 */
record LabelRule(int position, Set<String> values, boolean isIncluded) {
  LabelRule {
    values = Set.copyOf(values);
  }

  boolean accepts(List<String> parts) {
    return values.contains(parts.get(position)) == isIncluded;
  }
}
