package costlake.telemetry.k8s;

import costlake.telemetry.series.HourSums;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.MeasurementFindings;
import costlake.telemetry.series.Samples.Segment;
import costlake.telemetry.series.Subject;
import costlake.telemetry.series.TimeSpans;
import costlake.telemetry.series.TimeSpans.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One accelerator, or one slice of an accelerator, on one day. */
final class Device {
  /** An interval in which the device is allocated to the same pods. The pods are sorted by name. */
  record Hold(long start, long end, List<Subject> pods) {}

  private final DeviceProfile profile;
  private final Subject subject;
  private final Map<DeviceMeasure, ObjectSeries> seriesByMeasure;
  private final Map<DeviceMeasure, List<Map<String, String>>> described =
      new EnumMap<>(DeviceMeasure.class);
  private final TimeSpans provisioned;
  private final List<Hold> holds;
  private final List<Segment> activity;

  private Device(
      MeasuredDay day,
      DeviceProfile profile,
      Subject subject,
      Map<DeviceMeasure, ObjectSeries> seriesByMeasure,
      MeasurementFindings findings) {
    this.profile = profile;
    this.subject = subject;
    this.seriesByMeasure = seriesByMeasure;
    seriesByMeasure.forEach(
        (measure, series) -> described.put(measure, day.descriptionByHour(series)));
    this.provisioned =
        TimeSpans.union(seriesByMeasure.values().stream().map(ObjectSeries::seen).toList());
    this.holds = holds(holders());
    this.activity =
        findings.limited(
            reportedActivity(),
            Optional.of(BigDecimal.ONE),
            id(),
            "activity above 100% of the device");
  }

  /** Returns all devices of a day, in order of node, id and slice. */
  static List<Device> of(MeasuredDay day, MeasurementFindings findings) {
    return DeviceProfiles.embedded().profiles().stream()
        .flatMap(profile -> of(day, profile, findings).stream())
        .sorted(Comparator.comparing((Device device) -> device.subject))
        .toList();
  }

  private static List<Device> of(
      MeasuredDay day, DeviceProfile profile, MeasurementFindings findings) {
    Map<Subject, Map<DeviceMeasure, ObjectSeries>> bySubject = new TreeMap<>();
    for (DeviceMeasure measure : DeviceMeasure.values()) {
      day.seriesBySubject(new DeviceQuantity(profile, measure))
          .forEach(
              (subject, series) ->
                  bySubject
                      .computeIfAbsent(subject, any -> new EnumMap<>(DeviceMeasure.class))
                      .put(measure, series));
    }
    bySubject.keySet().removeIf(subject -> subject.name(1).isEmpty());
    leaveOutWithoutNode(profile, bySubject.keySet(), findings);
    List<Device> devices = new ArrayList<>();
    bySubject.forEach(
        (subject, seriesByMeasure) ->
            devices.add(new Device(day, profile, subject, seriesByMeasure, findings)));
    return devices;
  }

  /** Leaves out devices whose node is unknown, because their pods and cost cannot be found. */
  private static void leaveOutWithoutNode(
      DeviceProfile profile, Set<Subject> subjects, MeasurementFindings findings) {
    subjects.stream()
        .filter(subject -> subject.name(0).isEmpty())
        .map(subject -> subject.name(1))
        .distinct()
        .forEach(
            device ->
                findings.add(
                    null,
                    device,
                    "device without a node was left out; its series need the label "
                        + profile.node().replace("|", " or "),
                    null,
                    null));
    subjects.removeIf(subject -> subject.name(0).isEmpty());
  }

  /** Whether the holders of the devices of any profile were queried. */
  static boolean holdersAreMeasured(MeasuredDay day) {
    return DeviceProfiles.embedded().profiles().stream()
        .anyMatch(profile -> day.wasQueried(new DeviceQuantity(profile, DeviceMeasure.HELD)));
  }

  DeviceProfile profile() {
    return profile;
  }

  DeviceQuantity quantity(DeviceMeasure measure) {
    return new DeviceQuantity(profile, measure);
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

  /** The model of the device in an hour, as its exporter names it; null if it is unknown. */
  @Nullable String model(int hour) {
    return label(profile.model(), hour);
  }

  /** The number of slices of a slice in an hour; null if it is unknown. */
  @Nullable BigDecimal slices(int hour) {
    return profile.slices(label(profile.sliceProfile(), hour)).orElse(null);
  }

  /** The number of slices into which the device can be divided; null if no exporter reports it. */
  @Nullable BigDecimal slicesMax() {
    return series(DeviceMeasure.SLICES_MAX)
        .flatMap(MeasuredDay::greatest)
        .filter(most -> most.signum() > 0)
        .orElse(null);
  }

  private @Nullable String label(@Nullable String name, int hour) {
    if (name == null) {
      return null;
    }
    return described.values().stream()
        .flatMap(hours -> Stream.ofNullable(hours.get(hour).get(name)))
        .findFirst()
        .orElse(null);
  }

  Optional<ObjectSeries> series(DeviceMeasure measure) {
    return Optional.ofNullable(seriesByMeasure.get(measure));
  }

  /** Returns the activity as the exporter reports it, which may be above 1. */
  List<Segment> reportedActivity() {
    DeviceMeasure measure =
        seriesByMeasure.containsKey(DeviceMeasure.ACTIVITY)
            ? DeviceMeasure.ACTIVITY
            : DeviceMeasure.UTILISATION;
    BigDecimal factor = profile.factor(measure);
    return series(measure).stream()
        .flatMap(series -> series.levels().getOrDefault(List.<String>of(), List.of()).stream())
        .map(each -> new Segment(each.start(), each.end(), each.value().multiply(factor)))
        .toList();
  }

  private Map<Subject, TimeSpans> holders() {
    Map<Subject, TimeSpans> holders = new TreeMap<>();
    series(DeviceMeasure.HELD)
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
