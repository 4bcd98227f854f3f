package costlake.telemetry;

import costlake.config.Source;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
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
 * Successive days of one cluster that one Spark task reads, with the pinned files of these days, of
 * the day before and of the day after. Reads each file once, and keeps three days in memory.
 */
record DayRange(
    String sourceId,
    String cluster,
    int stepS,
    List<LocalDate> days,
    Map<LocalDate, List<String>> files)
    implements Serializable {

  DayRange {
    days = List.copyOf(days);
    files = Map.copyOf(files);
  }

  /** Receives the hours of each day. */
  interface Sink {
    void day(LocalDate date, HoursOfDay hours);
  }

  /** Divides the requested days that were delivered into about {@code tasks} ranges. */
  static List<DayRange> of(
      Collection<Source> sources, List<Delivery> current, Set<LocalDate> days, int tasks) {
    Map<Source, Map<LocalDate, List<String>>> delivered = new LinkedHashMap<>();
    for (Source source : sources) {
      if (source.sourceKind().isTelemetry()) {
        delivered.put(source, files(source, current));
      }
    }
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
      chunks.add(new DayRange(source.id(), cluster, stepS, run, around));
    }
    return chunks;
  }

  /** Reads the files, and passes the hours of each day to {@code sink}, in order of the days. */
  void read(PrometheusSeries.Opener opener, Sink sink) {
    Map<LocalDate, PrometheusSeries> held = new HashMap<>();
    for (LocalDate day : days) {
      held.keySet().removeIf(other -> other.isBefore(day.minusDays(1)));
      List<PrometheusSeries> neighbours =
          Stream.of(day.minusDays(1), day.plusDays(1))
              .map(other -> series(held, other, opener))
              .filter(Objects::nonNull)
              .toList();
      PrometheusSeries own = Objects.requireNonNull(series(held, day, opener));
      sink.day(day, HoursOfDay.of(new ClusterDay(day, stepS, own, neighbours)));
    }
  }

  private @Nullable PrometheusSeries series(
      Map<LocalDate, PrometheusSeries> held, LocalDate day, PrometheusSeries.Opener opener) {
    return files.containsKey(day)
        ? held.computeIfAbsent(day, any -> PrometheusSeries.read(files.get(day), opener))
        : null;
  }
}
