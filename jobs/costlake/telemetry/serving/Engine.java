package costlake.telemetry.serving;

import costlake.telemetry.prometheus.Metric;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An engine that serves models.
 *
 * @param name name of the engine
 * @param labels labels that identify what is served, by what they say (see {@link #SUBJECT});
 *     {@code a|b} stands for label a or, if a series has no a, label b
 * @param parts labels that divide the counters of a pod
 */
record Engine(
    String name, Map<String, String> labels, List<String> parts, List<EngineMetric> metrics) {
  /** What the labels of {@link #labels} say, in the order of the names of a subject. */
  static final List<String> SUBJECT = List.of("endpoint", "namespace", "pod", "model", "version");

  private static final String FILE = "serving-";

  Engine {
    labels = Map.copyOf(labels);
    parts = List.copyOf(parts);
    metrics = List.copyOf(metrics);
  }

  /**
   * Returns the labels that identify what is served.
   *
   * @param configured labels of a source that are tried first, by what they say
   */
  List<String> subject(Map<String, String> configured) {
    return SUBJECT.stream()
        .map(
            what ->
                Stream.of(configured.getOrDefault(what, ""), labels.getOrDefault(what, ""))
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.joining("|")))
        .toList();
  }

  /**
   * Returns the metric that reads all counters of the engine, so that a server without the engine
   * has one short answer.
   */
  Metric metric(Map<String, String> configured) {
    String names =
        metrics.stream().flatMap(EngineMetric::names).distinct().collect(Collectors.joining("|"));
    return new Metric(
        FILE + name,
        new ServingQuantity(this, subject(configured)),
        "{__name__=~\"%s\", le=~\"|[+]Inf\"}".formatted(names));
  }
}
