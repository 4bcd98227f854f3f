package costlake.telemetry.serving;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * A counter of an engine.
 *
 * @param series names of the counter without {@code _total}; if an engine has several, the first
 *     counts
 * @param rules conditions that a series of the counter must meet
 * @param factor factor that converts its values to base units
 */
record EngineMetric(
    ServingMeasure measure, List<String> series, List<LabelRule> rules, BigDecimal factor) {
  private static final String TOTAL = "_total";
  private static final String SUM = "_sum";

  EngineMetric {
    series = series.stream().map(EngineMetric::withoutTotal).toList();
    rules = List.copyOf(rules);
  }

  /** Removes the ending that a version of an engine may add to the name of a counter. */
  static String withoutTotal(String name) {
    return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
  }

  /** Whether a series of the counter with these parts counts. */
  boolean accepts(List<String> parts) {
    return rules.stream().allMatch(rule -> rule.accepts(parts));
  }

  /** Returns the names of the histograms whose sums are this counter. */
  Stream<String> histograms() {
    return series.stream()
        .filter(name -> name.endsWith(SUM))
        .map(name -> name.substring(0, name.length() - SUM.length()));
  }

  /** Returns a regular expression of the names of its series, with those of its histograms. */
  Stream<String> names() {
    return Stream.concat(
        series.stream().filter(name -> !name.endsWith(SUM)).map(name -> name + "(" + TOTAL + ")?"),
        histograms().map(name -> name + "_(sum|count|bucket)"));
  }
}
