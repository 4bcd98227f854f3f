package costlake.telemetry.serving;

import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.MeasurementFindings;
import costlake.telemetry.series.Samples.Segment;
import costlake.telemetry.series.UtcHours;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Finds counters that were reset, and histograms that contradict themselves. */
final class CounterFaults {
  private final long day;
  private final String served;
  private final Map<String, Map<List<String>, List<Segment>>> levels;
  private final MeasurementFindings findings;

  /**
   * @param day first instant of the day, in milliseconds since the epoch
   * @param served name of what is served, for the findings
   */
  CounterFaults(long day, String served, ObjectSeries series, MeasurementFindings findings) {
    this.day = day;
    this.served = served;
    this.levels = Counters.byName(series.levels());
    this.findings = findings;
  }

  /** Adds a finding for each hour in which a fault begins. */
  void find(Engine engine) {
    if (levels.containsKey("")) {
      findings.add(null, served, "series without the label __name__ were left out", null, null);
    }
    Set<String> counters =
        engine.metrics().stream()
            .flatMap(metric -> metric.series().stream())
            .collect(Collectors.toSet());
    findResets(counters);
    engine.metrics().stream()
        .flatMap(EngineMetric::histograms)
        .distinct()
        .forEach(this::findBuckets);
  }

  private void findResets(Set<String> counters) {
    Set<Integer> hours = new TreeSet<>();
    levels.forEach(
        (name, series) -> {
          if (counters.contains(name)) {
            series.values().forEach(segments -> resets(segments).forEach(hours::add));
          }
        });
    hours.forEach(
        hour ->
            findings.add(
                hour,
                served,
                "counters were reset; what they count since then counts",
                null,
                null));
  }

  private Stream<Integer> resets(List<Segment> segments) {
    Stream.Builder<Integer> hours = Stream.builder();
    for (int i = 1; i < segments.size(); i++) {
      if (segments.get(i).value().compareTo(segments.get(i - 1).value()) < 0) {
        hour(segments.get(i).start()).ifPresent(hours::add);
      }
    }
    return hours.build();
  }

  private Optional<Integer> hour(long time) {
    return time < day || time >= day + UtcHours.DAY_MS
        ? Optional.empty()
        : Optional.of((int) ((time - day) / UtcHours.HOUR_MS));
  }

  /** A bucket counts a part of what the histogram counts, so it cannot be above the count. */
  private void findBuckets(String histogram) {
    Map<List<String>, NavigableMap<Long, Segment>> counts =
        levels.getOrDefault(histogram + "_count", Map.of()).entrySet().stream()
            .collect(
                Collectors.toMap(each -> labels(each.getKey()), each -> times(each.getValue())));
    Set<Integer> found = new HashSet<>();
    levels
        .getOrDefault(histogram + "_bucket", Map.of())
        .forEach(
            (part, segments) -> {
              NavigableMap<Long, Segment> count = counts.get(labels(part));
              if (count != null) {
                findBelow(histogram, count, times(segments), found);
              }
            });
  }

  /** Returns the labels of a counter without that of its bucket. */
  private static List<String> labels(List<String> part) {
    return part.subList(1, part.size());
  }

  private static NavigableMap<Long, Segment> times(List<Segment> segments) {
    NavigableMap<Long, Segment> times = new TreeMap<>();
    segments.forEach(segment -> times.put(segment.start(), segment));
    return times;
  }

  private void findBelow(
      String histogram,
      NavigableMap<Long, Segment> count,
      NavigableMap<Long, Segment> bucket,
      Set<Integer> found) {
    LongStream.concat(
            count.keySet().stream().mapToLong(Long::longValue),
            bucket.keySet().stream().mapToLong(Long::longValue))
        .sorted()
        .forEach(
            time -> {
              Optional<BigDecimal> all = at(count, time);
              boolean below =
                  all.isPresent()
                      && at(bucket, time).filter(part -> part.compareTo(all.get()) > 0).isPresent();
              hour(time)
                  .filter(hour -> below && found.add(hour))
                  .ifPresent(
                      hour ->
                          findings.add(
                              hour,
                              served,
                              "the count of the histogram " + histogram + " is below its bucket",
                              all.orElse(null),
                              null));
            });
  }

  private static Optional<BigDecimal> at(NavigableMap<Long, Segment> times, long time) {
    return Optional.ofNullable(times.floorEntry(time))
        .map(Map.Entry::getValue)
        .filter(segment -> time < segment.end())
        .map(Segment::value);
  }
}
