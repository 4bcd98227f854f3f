package costlake.telemetry.prometheus;

import costlake.config.Source;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.telemetry.series.DeliveredSeries;
import costlake.telemetry.series.MeasuredDay;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Successive days of one source that one Spark task reads, with the pinned files of these days, of
 * the day before and of the day after. Reads each file once, and keeps three days in memory.
 *
 * @param labels labels that the source names, by what they say
 */
public record DayRange(
    String sourceId,
    String cluster,
    int stepS,
    Map<String, String> labels,
    List<LocalDate> days,
    Map<LocalDate, List<String>> files)
    implements Serializable {

  public DayRange {
    labels = Map.copyOf(labels);
    days = List.copyOf(days);
    files = Map.copyOf(files);
  }

  /** Receives the samples of each day. */
  public interface Sink {
    /** Receives a day. */
    void day(LocalDate date, MeasuredDay samples);
  }

  /**
   * Divides those of the days that were delivered into about {@code tasks} ranges.
   *
   * @param sources the sources whose samples are read
   */
  public static List<DayRange> of(
      Collection<Source> sources, List<Delivery> current, Set<LocalDate> days, int tasks) {
    Map<Source, Map<LocalDate, List<String>>> delivered = new LinkedHashMap<>();
    sources.forEach(source -> delivered.put(source, files(source, current)));
    long wanted =
        delivered.values().stream()
            .mapToLong(files -> days.stream().filter(files::containsKey).count())
            .sum();
    int length = (int) Math.max(1, (wanted + tasks - 1) / Math.max(1, tasks));
    List<DayRange> chunks = new ArrayList<>();
    delivered.forEach((source, files) -> chunks.addAll(of(source, files, days, length)));
    return chunks;
  }

  private static Map<LocalDate, List<String>> files(Source source, List<Delivery> current) {
    Map<LocalDate, List<String>> files = new TreeMap<>();
    for (Delivery delivery : current) {
      if (delivery.sourceId().equals(source.id())) {
        delivery.files().stream()
            .map(DeliveredFile::path)
            .sorted(Comparator.naturalOrder())
            .forEach(
                path ->
                    files
                        .computeIfAbsent(delivery.billingPeriod(), any -> new ArrayList<>())
                        .add(path));
      }
    }
    return files;
  }

  private static List<DayRange> of(
      Source source, Map<LocalDate, List<String>> files, Set<LocalDate> wanted, int length) {
    String cluster = Objects.requireNonNull(source.cluster());
    int stepS = Objects.requireNonNull(source.stepS());
    List<LocalDate> days = new TreeSet<>(wanted).stream().filter(files::containsKey).toList();
    List<DayRange> chunks = new ArrayList<>();
    for (int from = 0; from < days.size(); from += length) {
      List<LocalDate> run = days.subList(from, Math.min(days.size(), from + length));
      Map<LocalDate, List<String>> around = new HashMap<>();
      run.stream()
          .flatMap(day -> Stream.of(day.minusDays(1), day, day.plusDays(1)))
          .filter(files::containsKey)
          .forEach(day -> around.put(day, List.copyOf(files.get(day))));
      chunks.add(new DayRange(source.id(), cluster, stepS, source.columns(), run, around));
    }
    return chunks;
  }

  /**
   * Reads the files of metrics, and passes the samples of each day to {@code sink}, in order of the
   * days.
   */
  public void read(MetricFiles metrics, DeliveredResponses.Opener opener, Sink sink) {
    Map<LocalDate, DeliveredSeries> held = new HashMap<>();
    for (LocalDate day : days) {
      held.keySet().removeIf(other -> other.isBefore(day.minusDays(1)));
      List<DeliveredSeries> neighbours =
          Stream.of(day.minusDays(1), day.plusDays(1))
              .map(other -> series(held, other, metrics, opener))
              .filter(Objects::nonNull)
              .toList();
      DeliveredSeries own = Objects.requireNonNull(series(held, day, metrics, opener));
      sink.day(day, new MeasuredDay(day, stepS, own, neighbours));
    }
  }

  private @Nullable DeliveredSeries series(
      Map<LocalDate, DeliveredSeries> held,
      LocalDate day,
      MetricFiles metrics,
      DeliveredResponses.Opener opener) {
    return files.containsKey(day)
        ? held.computeIfAbsent(day, any -> DeliveredResponses.read(files.get(day), metrics, opener))
        : null;
  }
}
