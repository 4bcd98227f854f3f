package costlake.telemetry.series;

import costlake.telemetry.series.DeliveredSeries.Line;
import costlake.telemetry.series.Samples.Segment;
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
 * The samples of one source and day. Includes the samples of the day before and of the day after
 * that affect the first and last minutes of the day.
 */
public final class MeasuredDay {
  /** All samples of one quantity for one measured object. */
  public static final class ObjectSeries {
    private final Map<Line, Samples> lines;
    private final long step;
    private @Nullable Map<List<String>, List<Segment>> levels;

    ObjectSeries(Map<Line, Samples> lines, long step) {
      this.lines = lines;
      this.step = step;
    }

    /**
     * Returns the values of each part of the object over time. Joins the series of a part if the
     * labels of the object changed.
     */
    public Map<List<String>, List<Segment>> levels() {
      if (levels == null) {
        levels = parts(Samples::levels);
      }
      return levels;
    }

    /** Returns the increases of the counter of each part. */
    public Map<List<String>, List<Segment>> increases() {
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

    /** Returns the time in which the object has samples. */
    public TimeSpans seen() {
      return TimeSpans.union(levels().values().stream().map(TimeSpans::of).toList());
    }
  }

  private final long start;
  private final long step;
  private final DeliveredSeries own;
  private final List<DeliveredSeries> days;

  /**
   * Creates a day.
   *
   * @param own series of the day itself
   * @param neighbours series of the day before and of the day after, if they were delivered
   */
  public MeasuredDay(
      LocalDate date, int stepS, DeliveredSeries own, List<DeliveredSeries> neighbours) {
    this.start = date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    this.step = stepS * 1000L;
    this.own = own;
    this.days = Stream.concat(Stream.of(own), neighbours.stream()).toList();
  }

  /** The series of the day itself. */
  public DeliveredSeries own() {
    return own;
  }

  /** Returns the first instant of the day, in milliseconds since the epoch. */
  public long start() {
    return start;
  }

  /** Whether the quantity was queried for the day itself, even if the response is empty. */
  public boolean wasQueried(Quantity quantity) {
    return own.wasQueried(quantity);
  }

  /**
   * Returns the series of every object for which the quantity was measured, in order of the names
   * of the objects.
   */
  public Map<Subject, ObjectSeries> seriesBySubject(Quantity quantity) {
    long edge = Samples.STEPS_BRIDGED * step;
    Map<Subject, Map<Line, Samples>> merged = new TreeMap<>();
    for (DeliveredSeries each : days) {
      each.of(quantity)
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

  /** Returns the greatest value of a series. */
  public static Optional<BigDecimal> greatest(ObjectSeries series) {
    return series.levels().values().stream()
        .flatMap(List::stream)
        .map(Segment::value)
        .max(BigDecimal::compareTo);
  }

  /**
   * Returns, for each hour, the description that was valid longest. If two descriptions were valid
   * equally long, returns the first in alphabetical order. The description of an hour without
   * samples is empty.
   */
  public List<Map<String, String>> descriptionByHour(ObjectSeries series) {
    Map<Map<String, String>, long[]> held = msByDescription(series);
    List<Map<String, String>> longest = new ArrayList<>();
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
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

  /** Returns, for each description, how many milliseconds of each hour it was valid. */
  public Map<Map<String, String>, long[]> msByDescription(ObjectSeries series) {
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
