package costlake.telemetry.series;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The series of one delivery, by quantity and by measured object. Keeps only the labels that {@link
 * Quantity} names.
 */
public final class DeliveredSeries {
  /** Identifies a series of an object: by a part of the object and a description of the object. */
  record Line(List<String> part, Map<String, String> attributes) {}

  private final Map<Quantity, Map<Subject, Map<Line, Samples>>> series = new HashMap<>();
  private final Map<String, Integer> negatives = new TreeMap<>();

  /** Records that a quantity was queried, even if no series follows. */
  public void queried(Quantity quantity) {
    series.computeIfAbsent(quantity, any -> new HashMap<>());
  }

  /** Adds a series of a quantity. */
  public void add(Quantity quantity, Map<String, String> labels, Samples samples) {
    Subject subject =
        new Subject(quantity.subject().stream().map(label -> label(labels, label)).toList());
    Line line =
        new Line(
            quantity.part().stream().map(label -> label(labels, label)).toList(),
            attributes(quantity, labels));
    series
        .computeIfAbsent(quantity, any -> new HashMap<>())
        .computeIfAbsent(subject, any -> new HashMap<>())
        .merge(line, samples, (one, other) -> Samples.of(List.of(one, other)));
  }

  /** Records how many samples of a metric were below zero and were left out. */
  public void addNegatives(String metric, int count) {
    if (count > 0) {
      negatives.merge(metric, count, Integer::sum);
    }
  }

  private static String label(Map<String, String> labels, String alternatives) {
    return Arrays.stream(alternatives.split("\\|"))
        .map(name -> labels.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> attributes(Quantity quantity, Map<String, String> labels) {
    Map<String, String> attributes = new TreeMap<>();
    for (String wanted : quantity.attributes()) {
      if (wanted.endsWith("*")) {
        String prefix = wanted.substring(0, wanted.length() - 1);
        labels.forEach(
            (name, value) -> {
              if (name.startsWith(prefix) && !value.isEmpty()) {
                attributes.put(name.substring(prefix.length()), value);
              }
            });
      } else if (!labels.getOrDefault(wanted, "").isEmpty()) {
        attributes.put(wanted, labels.get(wanted));
      }
    }
    return attributes;
  }

  /** Whether the quantity was queried, even if the response is empty. */
  boolean wasQueried(Quantity quantity) {
    return series.containsKey(quantity);
  }

  Map<Subject, Map<Line, Samples>> of(Quantity quantity) {
    return series.getOrDefault(quantity, Map.of());
  }

  /** Returns the number of samples below zero of each metric. */
  public Map<String, Integer> negatives() {
    return negatives;
  }
}
