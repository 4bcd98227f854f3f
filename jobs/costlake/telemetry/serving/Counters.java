package costlake.telemetry.serving;

import costlake.telemetry.series.HourSums;
import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.Samples.Segment;
import costlake.telemetry.series.TableDecimals;
import costlake.telemetry.series.TimeSpans;
import costlake.telemetry.series.UtcHours;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The counters of one pod and model on one day, by their names without {@code _total}. */
final class Counters {
  private final long day;
  private final Map<String, Map<List<String>, List<Segment>>> increases;

  /**
   * @param day first instant of the day, in milliseconds since the epoch
   */
  Counters(long day, ObjectSeries series) {
    this.day = day;
    this.increases = byName(series.increases());
  }

  /** Groups segments by name, and by the labels of the counter and of the bucket. */
  static Map<String, Map<List<String>, List<Segment>>> byName(
      Map<List<String>, List<Segment>> segments) {
    Map<String, Map<List<String>, List<Segment>>> byName = new HashMap<>();
    segments.forEach(
        (part, list) ->
            byName
                .computeIfAbsent(EngineMetric.withoutTotal(part.get(0)), any -> new HashMap<>())
                .putIfAbsent(part.subList(1, part.size()), list));
    return byName;
  }

  /** Returns the figure of each hour; null if no counter of the metric was measured in the hour. */
  @Nullable BigDecimal[] figures(EngineMetric metric) {
    HourSums counted = new HourSums(day);
    HourSums measured = new HourSums(day);
    Map<List<String>, TimeSpans> covered = new HashMap<>();
    for (String name : metric.series()) {
      increases
          .getOrDefault(name, Map.of())
          .forEach(
              (labels, segments) -> {
                TimeSpans before = covered.getOrDefault(labels, TimeSpans.NONE);
                List<Segment> own = outside(before, segments);
                measured.addIncreases(own);
                if (metric.accepts(labels.subList(1, labels.size()))) {
                  counted.addIncreases(own);
                }
                covered.put(labels, TimeSpans.union(List.of(before, TimeSpans.of(own))));
              });
    }
    return figures(metric.factor(), counted, measured);
  }

  private static List<Segment> outside(TimeSpans covered, List<Segment> segments) {
    return covered.list().isEmpty()
        ? segments
        : segments.stream()
            .filter(each -> covered.within(each.start(), each.end()).list().isEmpty())
            .toList();
  }

  private static @Nullable BigDecimal[] figures(
      BigDecimal factor, HourSums counted, HourSums measured) {
    @Nullable BigDecimal[] figures = new BigDecimal[UtcHours.PER_DAY];
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      if (measured.measured(hour) > 0) {
        BigDecimal sum = Objects.requireNonNullElse(counted.sum(hour), BigDecimal.ZERO);
        figures[hour] = TableDecimals.figure(sum.multiply(factor));
      }
    }
    return figures;
  }
}
