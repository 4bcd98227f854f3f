package costlake.telemetry;

import costlake.telemetry.ClusterDay.ObjectSeries;
import costlake.telemetry.Samples.Segment;
import costlake.telemetry.TimeSpans.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One accelerator, or one slice of an accelerator, on one day. */
final class Device {
  /** An interval in which the device is allocated to the same pods. The pods are sorted by name. */
  record Hold(long start, long end, List<Subject> pods) {}

  private static final List<MeasuredQuantity> WITH_MODEL =
      List.of(
          MeasuredQuantity.DEVICE_HELD,
          MeasuredQuantity.DEVICE_ENGINE_ACTIVE,
          MeasuredQuantity.DEVICE_UTILISATION,
          MeasuredQuantity.DEVICE_MEMORY_USED,
          MeasuredQuantity.DEVICE_ENERGY,
          MeasuredQuantity.DEVICE_POWER,
          MeasuredQuantity.DEVICE_SLICES_MAX);
  private static final BigDecimal PERCENT = new BigDecimal("0.01");

  private final Subject subject;
  private final Map<MeasuredQuantity, ObjectSeries> seriesByQuantity;
  private final Map<MeasuredQuantity, List<Map<String, String>>> described =
      new EnumMap<>(MeasuredQuantity.class);
  private final TimeSpans provisioned;
  private final List<Hold> holds;
  private final List<Segment> activity;

  private Device(
      ClusterDay day,
      Subject subject,
      Map<MeasuredQuantity, ObjectSeries> seriesByQuantity,
      MeasurementFindings findings) {
    this.subject = subject;
    this.seriesByQuantity = seriesByQuantity;
    seriesByQuantity.forEach(
        (quantity, series) -> described.put(quantity, day.descriptionByHour(series)));
    this.provisioned =
        TimeSpans.union(seriesByQuantity.values().stream().map(ObjectSeries::seen).toList());
    this.holds = holds(holders());
    this.activity =
        findings.limited(
            reportedActivity(),
            Optional.of(BigDecimal.ONE),
            id(),
            "activity above 100% of the device");
  }

  /** Returns all devices of a day, in order of node, id and slice. */
  static List<Device> of(ClusterDay day, MeasurementFindings findings) {
    Map<Subject, Map<MeasuredQuantity, ObjectSeries>> bySubject = new TreeMap<>();
    for (MeasuredQuantity quantity : MeasuredQuantity.OF_DEVICES) {
      day.seriesBySubject(quantity)
          .forEach(
              (subject, series) -> {
                if (!subject.name(1).isEmpty()) {
                  bySubject
                      .computeIfAbsent(subject, any -> new EnumMap<>(MeasuredQuantity.class))
                      .put(quantity, series);
                }
              });
    }
    List<Device> devices = new ArrayList<>();
    bySubject.forEach(
        (subject, seriesByQuantity) ->
            devices.add(new Device(day, subject, seriesByQuantity, findings)));
    return devices;
  }

  String node() {
    return subject.name(0);
  }

  String uuid() {
    return subject.name(1);
  }

  boolean isSlice() {
    return !subject.name(2).isEmpty();
  }

  /** Returns the UUID of the device; for a slice, the UUID, a slash and the id of the slice. */
  String id() {
    return isSlice() ? uuid() + "/" + subject.name(2) : uuid();
  }

  TimeSpans provisioned() {
    return provisioned;
  }

  List<Hold> holds() {
    return holds;
  }

  /** Returns the activity of the device over time, a ratio from 0 to 1. */
  List<Segment> activity() {
    return activity;
  }

  /**
   * Returns the value of a label of the device in an hour; null if the device has no such label.
   */
  @Nullable String label(String name, int hour) {
    return WITH_MODEL.stream()
        .filter(seriesByQuantity::containsKey)
        .map(described::get)
        .map(hours -> hours.get(hour).get(name))
        .filter(value -> value != null)
        .findFirst()
        .orElse(null);
  }

  Optional<ObjectSeries> series(MeasuredQuantity quantity) {
    return Optional.ofNullable(seriesByQuantity.get(quantity));
  }

  /** Returns the activity as the exporter reports it, which may be above 1. */
  List<Segment> reportedActivity() {
    Optional<ObjectSeries> engine = series(MeasuredQuantity.DEVICE_ENGINE_ACTIVE);
    if (engine.isPresent()) {
      return engine.get().levels().getOrDefault(List.<String>of(), List.of());
    }
    return series(MeasuredQuantity.DEVICE_UTILISATION).stream()
        .flatMap(series -> series.levels().getOrDefault(List.<String>of(), List.of()).stream())
        .map(each -> new Segment(each.start(), each.end(), each.value().multiply(PERCENT)))
        .toList();
  }

  private Map<Subject, TimeSpans> holders() {
    Map<Subject, TimeSpans> holders = new TreeMap<>();
    series(MeasuredQuantity.DEVICE_HELD)
        .ifPresent(
            series ->
                series
                    .levels()
                    .forEach(
                        (pod, levels) -> {
                          List<Segment> held =
                              levels.stream().filter(each -> each.value().signum() > 0).toList();
                          if (!pod.get(1).isEmpty() && !held.isEmpty()) {
                            holders.put(
                                new Subject(pod.get(0), pod.get(1), node()), TimeSpans.of(held));
                          }
                        }));
    return holders;
  }

  private static List<Hold> holds(Map<Subject, TimeSpans> holders) {
    TreeSet<Long> borders = new TreeSet<>();
    holders.values().stream()
        .flatMap(spans -> spans.list().stream())
        .forEach(
            span -> {
              borders.add(span.start());
              borders.add(span.end());
            });
    List<Hold> holds = new ArrayList<>();
    for (long start : borders) {
      Long end = borders.higher(start);
      List<Subject> pods =
          holders.entrySet().stream()
              .filter(each -> covers(each.getValue(), start))
              .map(Map.Entry::getKey)
              .toList();
      if (end != null && !pods.isEmpty()) {
        holds.add(new Hold(start, end, pods));
      }
    }
    return holds;
  }

  private static boolean covers(TimeSpans spans, long time) {
    return spans.list().stream().anyMatch(span -> span.start() <= time && time < span.end());
  }

  /** Returns the time in which the device was allocated to at least one pod. */
  TimeSpans allocatedSpans() {
    return TimeSpans.of(
        holds.stream().map(each -> new Segment(each.start(), each.end(), BigDecimal.ONE)).toList());
  }

  /**
   * Divides values over time evenly among the pods that the device was allocated to, and adds the
   * shares to the sums of these pods.
   *
   * @param sums returns the sums of a pod, to which its shares are added
   */
  static void share(
      List<Hold> holds, List<Segment> levels, BiFunction<Subject, Hold, HourSums> sums) {
    int from = 0;
    for (Hold hold : holds) {
      while (from < levels.size() && levels.get(from).end() <= hold.start()) {
        from++;
      }
      for (int i = from; i < levels.size() && levels.get(i).start() < hold.end(); i++) {
        Segment level = levels.get(i);
        Span both =
            new Span(Math.max(hold.start(), level.start()), Math.min(hold.end(), level.end()));
        for (int rank = 0; rank < hold.pods().size(); rank++) {
          sums.apply(hold.pods().get(rank), hold)
              .addShare(both.start(), both.end(), level.value(), hold.pods().size(), rank);
        }
      }
    }
  }
}
