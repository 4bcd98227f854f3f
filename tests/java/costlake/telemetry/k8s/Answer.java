package costlake.telemetry.k8s;

import costlake.telemetry.prometheus.DeliveredResponses;
import costlake.telemetry.series.DeliveredSeries;
import costlake.telemetry.series.MeasuredDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a response of Prometheus for tests. */
final class Answer {
  private final List<String> series = new ArrayList<>();

  /**
   * Adds a series. Labels are written as {@code a=1,b=2}, samples as {@code second:value}, with the
   * seconds since midnight UTC.
   */
  Answer series(LocalDate day, String labels, String... samples) {
    long midnight = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    String values =
        List.of(samples).stream()
            .map(sample -> sample.split(":"))
            .map(pair -> "[" + at(midnight, pair[0]) + ",\"" + pair[1] + "\"]")
            .collect(Collectors.joining(","));
    series.add("{\"metric\":" + json(labels) + ",\"values\":[" + values + "]}");
    return this;
  }

  private static String at(long midnight, String seconds) {
    return new java.math.BigDecimal(seconds).add(java.math.BigDecimal.valueOf(midnight)).toString();
  }

  private static String json(String labels) {
    Map<String, String> map = new TreeMap<>();
    for (String label : labels.isEmpty() ? new String[0] : labels.split(",")) {
      map.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }
    return map.entrySet().stream()
        .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String toString() {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
        + String.join(",", series)
        + "]}}";
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Returns a sample every {@code step} seconds from {@code from} until {@code until} (exclusive).
   */
  static String[] every(int step, int from, int until, String value) {
    List<String> samples = new ArrayList<>();
    for (int second = from; second < until; second += step) {
      samples.add(second + ":" + value);
    }
    return samples.toArray(String[]::new);
  }

  /** Reads the files in the given order. */
  static DeliveredSeries read(List<Path> files) {
    return DeliveredResponses.read(
        files.stream().map(Path::toString).toList(),
        new KubernetesFamily().metrics(),
        path -> Files.newInputStream(Path.of(path)));
  }

  static List<Path> files(Path folder) {
    try (var list = Files.list(folder)) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static HoursOfDay hours(LocalDate day, int stepS, Path folder) {
    return HoursOfDay.of(new MeasuredDay(day, stepS, read(files(folder)), List.of()));
  }
}
