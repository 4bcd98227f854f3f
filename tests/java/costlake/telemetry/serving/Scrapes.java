package costlake.telemetry.serving;

import costlake.telemetry.prometheus.DeliveredResponses;
import costlake.telemetry.prometheus.MetricFiles;
import costlake.telemetry.series.MeasuredDay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the response of a server that scraped the text of an exporter at several times. */
final class Scrapes {
  static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  static final int STEP_S = 300;

  private final LocalDate day;
  private final Map<String, StringBuilder> values = new LinkedHashMap<>();

  Scrapes() {
    this(DAY);
  }

  Scrapes(LocalDate day) {
    this.day = day;
  }

  /** Adds what the exporter showed at a second of the day: lines {@code name{a="b"} value}. */
  Scrapes at(int second, String... lines) {
    long time = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() + second;
    for (String text : lines) {
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> add(time, line));
    }
    return this;
  }

  private void add(long time, String line) {
    int space = line.lastIndexOf(' ');
    StringBuilder list =
        values.computeIfAbsent(line.substring(0, space), any -> new StringBuilder());
    list.append(list.isEmpty() ? "" : ",")
        .append("[%d,\"%s\"]".formatted(time, line.substring(space + 1)));
  }

  private static String labels(String series) {
    int brace = series.indexOf('{');
    String name = brace < 0 ? series : series.substring(0, brace);
    String labels = brace < 0 ? "" : series.substring(brace + 1, series.length() - 1);
    return "{\"__name__\":\"%s\"%s}"
        .formatted(name, labels.replaceAll("(\\w+)=(\"[^\"]*\")(,|$)", ",\"$1\":$2"));
  }

  Path write(Path folder, String file) {
    String series =
        values.entrySet().stream()
            .map(
                each ->
                    "{\"metric\":%s,\"values\":[%s]}"
                        .formatted(labels(each.getKey()), each.getValue()))
            .collect(Collectors.joining(",\n"));
    try {
      Files.createDirectories(folder);
      return Files.writeString(
          folder.resolve(file + ".json"),
          "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
              + series
              + "]}}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the hours of the files in a folder. */
  static ServingHours hours(LocalDate day, int stepS, Path folder, Map<String, String> labels) {
    MetricFiles metrics = Engines.embedded().metrics(labels);
    try (var files = Files.list(folder)) {
      return ServingHours.of(
          new MeasuredDay(
              day,
              stepS,
              DeliveredResponses.read(
                  files.map(Path::toString).sorted().toList(),
                  metrics,
                  path -> Files.newInputStream(Path.of(path))),
              List.of()),
          metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the figures of an hour as text, without zeros at their end. */
  static Map<String, String> figures(ServingHour hour) {
    return hour.figures().entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().name().toLowerCase(Locale.ROOT),
                each -> plain(each.getValue())));
  }

  private static String plain(BigDecimal figure) {
    return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
  }
}
