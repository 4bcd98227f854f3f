package costlake.telemetry;

import costlake.telemetry.PrometheusSeries.Line;
import costlake.telemetry.Samples.Segment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one cluster and day, with those of the neighbouring days that affect its edges.
 */
final class ClusterDay {
  /** All samples of one measure of one object. */
  static final class ObjectSeries {
    private final Map<Line, Samples> lines;
    private final long step;
    private @Nullable Map<List<String>, List<Segment>> levels;

    ObjectSeries(Map<Line, Samples> lines, long step) {
      this.lines = lines;
      this.step = step;
    }

    /** One step function per part, even if the object was renamed in the meantime. */
    Map<List<String>, List<Segment>> levels() {
      if (levels == null) {
        levels = parts(Samples::levels);
      }
      return levels;
    }

    /** One list of increases a part. */
    Map<List<String>, List<Segment>> increases() {
      return parts(Samples::increases);
    }

    private interface Shape {
      List<Segment> of(Samples samples, long step);
    }

    private Map<List<String>, List<Segment>> parts(Shape shape) {
      Map<List<String>, Samples> merged = new HashMap<>();
      lines.forEach(
          (line, samples) ->
              merged.merge(line.part(), samples, (one, other) -> Samples.of(List.of(one, other))));
      Map<List<String>, List<Segment>> parts = new HashMap<>();
      merged.forEach((part, samples) -> parts.put(part, shape.of(samples, step)));
      return parts;
    }

    /** The time in which the object was seen. */
    TimeSpans seen() {
      return TimeSpans.union(levels().values().stream().map(TimeSpans::of).toList());
    }
  }

  private final long start;
  private final long step;
  private final PrometheusSeries own;
  private final List<PrometheusSeries> answers;

  /**
   * @param own answers of the day itself
   * @param neighbours answers of the day before and after, where delivered
   */
  ClusterDay(LocalDate date, int stepS, PrometheusSeries own, List<PrometheusSeries> neighbours) {
    this.start = date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    this.step = stepS * 1000L;
    this.own = own;
    this.answers = Stream.concat(Stream.of(own), neighbours.stream()).toList();
  }

  PrometheusSeries own() {
    return own;
  }

  /** First instant, in milliseconds. */
  long start() {
    return start;
  }

  boolean asked(MeasuredQuantity measure) {
    return own.asked(measure);
  }

  /** All objects with the measure, in order of their names. */
  Map<Subject, ObjectSeries> seriesBySubject(MeasuredQuantity measure) {
    long edge = Samples.STEPS_BRIDGED * step;
    Map<Subject, Map<Line, Samples>> merged = new TreeMap<>();
    for (PrometheusSeries each : answers) {
      each.of(measure)
          .forEach(
              (subject, lines) ->
                  lines.forEach(
                      (line, samples) -> {
                        Samples window =
                            samples.between(start - edge, start + UtcHours.DAY_MS + edge);
                        if (window.size() > 0) {
                          merged
                              .computeIfAbsent(subject, any -> new HashMap<>())
                              .merge(line, window, (one, other) -> Samples.of(List.of(one, other)));
                        }
                      }));
    }
    Map<Subject, ObjectSeries> seriesBySubject = new TreeMap<>();
    merged.forEach((subject, lines) -> seriesBySubject.put(subject, new ObjectSeries(lines, step)));
    return seriesBySubject;
  }

  /** The greatest value of a measure. */
  static Optional<BigDecimal> greatest(ObjectSeries series) {
    return series.levels().values().stream()
        .flatMap(List::stream)
        .map(Segment::value)
        .max(BigDecimal::compareTo);
  }

  /**
   * The description that was valid longest in each hour; of two with equal time, the first in the
   * order of their text. An hour without any has an empty one.
   */
  List<Map<String, String>> described(ObjectSeries series) {
    Map<Map<String, String>, long[]> held = descriptions(series);
    List<Map<String, String>> longest = new ArrayList<>();
    for (int hour = 0; hour < UtcHours.A_DAY; hour++) {
      longest.add(longest(held, hour));
    }
    return longest;
  }

  private static Map<String, String> longest(Map<Map<String, String>, long[]> held, int hour) {
    Map<String, String> best = Map.of();
    long most = 0;
    for (Map.Entry<Map<String, String>, long[]> each : held.entrySet()) {
      long ms = each.getValue()[hour];
      boolean first = each.getKey().toString().compareTo(best.toString()) < 0;
      if (ms > most || (ms == most && ms > 0 && first)) {
        most = ms;
        best = each.getKey();
      }
    }
    return best;
  }

  /** Milliseconds of each hour in which each description was valid. */
  Map<Map<String, String>, long[]> descriptions(ObjectSeries series) {
    Map<Map<String, String>, List<TimeSpans>> held =
        series.lines.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.getKey().attributes(),
                    Collectors.mapping(
                        each -> TimeSpans.of(each.getValue().levels(step)), Collectors.toList())));
    Map<Map<String, String>, long[]> hours = new HashMap<>();
    held.forEach((attributes, spans) -> hours.put(attributes, TimeSpans.union(spans).hours(start)));
    return hours;
  }
}
