package costlake.telemetry;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The series in the response files of one delivery, by quantity and by measured object. Keeps only
 * the labels that {@link MeasuredQuantity} names.
 */
final class PrometheusSeries {
  /** Identifies a series of an object: by a part of the object and a description of the object. */
  record Line(List<String> part, Map<String, String> attributes) {}

  /** Opens a delivered file. */
  interface Opener {
    InputStream open(String path) throws IOException;
  }

  private final Map<MeasuredQuantity, Map<Subject, Map<Line, Samples>>> series =
      new EnumMap<>(MeasuredQuantity.class);
  private final Map<String, Integer> negatives = new TreeMap<>();

  /** Reads the files that are named after a metric. Ignores other files. */
  static PrometheusSeries read(Collection<String> files, Opener opener) {
    PrometheusSeries all = new PrometheusSeries();
    for (String file : files) {
      Metric.ofFile(file).ifPresent(metric -> all.read(file, metric, opener));
    }
    return all;
  }

  private void read(String file, Metric metric, Opener opener) {
    Map<Subject, Map<Line, Samples>> seriesBySubject =
        series.computeIfAbsent(metric.quantity(), any -> new HashMap<>());
    try (InputStream bytes = new BufferedInputStream(opener.open(file))) {
      int negative =
          PrometheusResponseReader.read(
              file,
              bytes,
              (labels, samples) -> add(seriesBySubject, metric.quantity(), labels, samples));
      if (negative > 0) {
        negatives.merge(metric.file(), negative, Integer::sum);
      }
    } catch (IOException e) {
      throw Failure.operator(
          e,
          "Cannot read %s: %s. The file belongs to a delivery: land the source again.",
          file,
          FileErrors.why(e));
    }
  }

  private static void add(
      Map<Subject, Map<Line, Samples>> seriesBySubject,
      MeasuredQuantity quantity,
      Map<String, String> labels,
      Samples samples) {
    Subject subject =
        new Subject(quantity.subject().stream().map(label -> label(labels, label)).toList());
    Line line =
        new Line(
            quantity.part().stream().map(label -> label(labels, label)).toList(),
            attributes(quantity, labels));
    seriesBySubject
        .computeIfAbsent(subject, any -> new HashMap<>())
        .merge(line, samples, (one, other) -> Samples.of(List.of(one, other)));
  }

  private static String label(Map<String, String> labels, String alternatives) {
    return Arrays.stream(alternatives.split("\\|"))
        .map(name -> labels.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> attributes(
      MeasuredQuantity quantity, Map<String, String> labels) {
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
  boolean wasQueried(MeasuredQuantity quantity) {
    return series.containsKey(quantity);
  }

  Map<Subject, Map<Line, Samples>> of(MeasuredQuantity quantity) {
    return series.getOrDefault(quantity, Map.of());
  }

  /** Returns the number of samples below zero of each metric. */
  Map<String, Integer> negatives() {
    return negatives;
  }
}
