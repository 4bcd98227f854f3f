package costlake.telemetry.k8s;

import costlake.telemetry.series.HourSums;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.MeasurementFindings;
import costlake.telemetry.series.Samples.Segment;
import costlake.telemetry.series.Subject;
import costlake.telemetry.series.TableDecimals;
import costlake.telemetry.series.TimeSpans;
import costlake.telemetry.series.UtcHours;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes what each pod of one cluster requested, held and used in each hour of one day. */
final class Workloads {
  /** The capacity of the node that limits each quantity of a pod. */
  private static final Map<KubernetesQuantity, KubernetesQuantity> LIMITED_BY =
      Map.of(
          KubernetesQuantity.POD_CPU_REQUESTED, KubernetesQuantity.NODE_CPU_CAPACITY,
          KubernetesQuantity.POD_CPU_USED, KubernetesQuantity.NODE_CPU_CAPACITY,
          KubernetesQuantity.POD_MEMORY_REQUESTED, KubernetesQuantity.NODE_MEMORY_CAPACITY,
          KubernetesQuantity.POD_MEMORY_USED, KubernetesQuantity.NODE_MEMORY_CAPACITY,
          KubernetesQuantity.POD_ACCELERATORS_REQUESTED,
              KubernetesQuantity.NODE_ACCELERATOR_CAPACITY);

  private static final List<KubernetesQuantity> FIGURES =
      List.of(
          KubernetesQuantity.POD_CPU_REQUESTED,
          KubernetesQuantity.POD_MEMORY_REQUESTED,
          KubernetesQuantity.POD_ACCELERATORS_REQUESTED,
          KubernetesQuantity.POD_CPU_USED,
          KubernetesQuantity.POD_MEMORY_USED);

  /** How long a pod held the devices of one model, and how long these devices were active. */
  private record Use(HourSums allocated, HourSums active) {}

  /** When a pod was there in an hour, and the share of this time with measured usage. */
  private record Presence(WorkloadHour.Seen seen, @Nullable BigDecimal coverage) {}

  /** The measurements of one pod on one node. */
  private static final class Pod {
    private final Map<KubernetesQuantity, HourSums> figures =
        new EnumMap<>(KubernetesQuantity.class);
    private final Map<String, Use> uses = new TreeMap<>();
    private final List<TimeSpans> seen = new ArrayList<>();
    private final List<TimeSpans> measured = new ArrayList<>();

    @Nullable BigDecimal figure(KubernetesQuantity quantity, int hour) {
      HourSums sums = figures.get(quantity);
      return sums == null ? null : sums.sum(hour);
    }
  }

  private final MeasuredDay day;
  private final MeasurementFindings findings;
  private final Map<Subject, Pod> pods = new TreeMap<>();
  private final Set<String> nodesWithHolders = new HashSet<>();
  private final Map<Subject, List<Map<String, String>>> labels;
  private final Map<Subject, List<Map<String, String>>> owners;
  private final Map<Subject, List<Map<String, String>>> ownersOfJobs;
  private final Map<String, Map<Integer, String>> modelOfNode = new HashMap<>();

  private Workloads(
      MeasuredDay day, List<Device> devices, List<NodeHour> nodes, MeasurementFindings findings) {
    this.day = day;
    this.findings = findings;
    FIGURES.forEach(this::addFigures);
    addCounters();
    devices.forEach(this::addDevice);
    this.labels = descriptionsByHour(KubernetesQuantity.POD_LABELS);
    this.owners = descriptionsByHour(KubernetesQuantity.POD_OWNER);
    this.ownersOfJobs = descriptionsByHour(KubernetesQuantity.JOB_OWNER);
    nodes.forEach(
        node ->
            modelOfNode
                .computeIfAbsent(node.node(), any -> new HashMap<>())
                .put(node.hour(), node.accelerator()));
  }

  /** Returns all hours of the pods on a day, by namespace, pod, node, hour and model. */
  static List<WorkloadHour> of(
      MeasuredDay day, List<Device> devices, List<NodeHour> nodes, MeasurementFindings findings) {
    return new Workloads(day, devices, nodes, findings).hours();
  }

  private Pod pod(Subject subject) {
    return pods.computeIfAbsent(subject, any -> new Pod());
  }

  private void addFigures(KubernetesQuantity quantity) {
    Map<String, BigDecimal> most =
        LIMITED_BY.containsKey(quantity) ? NodeHour.most(day, LIMITED_BY.get(quantity)) : Map.of();
    day.seriesBySubject(quantity)
        .forEach(
            (subject, series) -> {
              Optional<BigDecimal> limit = Optional.ofNullable(most.get(subject.name(2)));
              String reason = label(quantity) + " above the capacity of the node";
              HourSums sums = new HourSums(day.start());
              series
                  .levels()
                  .values()
                  .forEach(
                      levels ->
                          sums.addLevels(
                              findings.limited(levels, limit, subject.toString(), reason)));
              pod(subject).figures.put(quantity, sums);
              seen(subject, quantity, series.seen());
            });
  }

  private static String label(KubernetesQuantity quantity) {
    return quantity.name().substring("POD_".length()).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void seen(Subject subject, KubernetesQuantity quantity, TimeSpans spans) {
    pod(subject).seen.add(spans);
    if (quantity == KubernetesQuantity.POD_CPU_USED
        || quantity == KubernetesQuantity.POD_MEMORY_USED) {
      pod(subject).measured.add(spans);
    }
  }

  /**
   * If no rate was delivered, computes the CPU use of a pod from the counters of its containers.
   */
  private void addCounters() {
    day.seriesBySubject(KubernetesQuantity.POD_CPU_COUNTER)
        .forEach(
            (subject, series) -> {
              if (!pod(subject).figures.containsKey(KubernetesQuantity.POD_CPU_USED)) {
                HourSums sums = new HourSums(day.start());
                series.increases().values().forEach(sums::addIncreases);
                pod(subject).figures.put(KubernetesQuantity.POD_CPU_USED, sums);
                seen(subject, KubernetesQuantity.POD_CPU_USED, series.seen());
              }
            });
  }

  private void addDevice(Device device) {
    if (day.wasQueried(device.quantity(DeviceMeasure.HELD))) {
      nodesWithHolders.add(device.node());
    }
    long end = day.start() + UtcHours.DAY_MS;
    List<Segment> whole = List.of(new Segment(day.start(), end, BigDecimal.ONE));
    Device.share(device.holds(), whole, (pod, hold) -> use(pod, device, hold.start()).allocated());
    Device.share(
        device.holds(), device.activity(), (pod, hold) -> use(pod, device, hold.start()).active());
    TimeSpans active = TimeSpans.of(device.activity());
    for (Device.Hold hold : device.holds()) {
      TimeSpans held = new TimeSpans(List.of(new TimeSpans.Span(hold.start(), hold.end())));
      for (Subject pod : hold.pods()) {
        pod(pod).seen.add(held);
        pod(pod).measured.add(active.within(hold.start(), hold.end()));
      }
    }
  }

  private Use use(Subject pod, Device device, long time) {
    int hour =
        (int) Math.max(0, Math.min(UtcHours.PER_DAY - 1, (time - day.start()) / UtcHours.HOUR_MS));
    String model = device.model(hour);
    return pod(pod)
        .uses
        .computeIfAbsent(
            model == null ? "" : model,
            any -> new Use(new HourSums(day.start()), new HourSums(day.start())));
  }

  private Map<Subject, List<Map<String, String>>> descriptionsByHour(KubernetesQuantity quantity) {
    Map<Subject, List<Map<String, String>>> all = new HashMap<>();
    day.seriesBySubject(quantity)
        .forEach(
            (subject, series) -> {
              all.put(subject, day.descriptionByHour(series));
              if (quantity == KubernetesQuantity.POD_LABELS) {
                reportRelabelling(subject, series);
              }
            });
    return all;
  }

  private void reportRelabelling(Subject subject, ObjectSeries series) {
    Map<Map<String, String>, long[]> held = day.msByDescription(series);
    for (int hour = 0; held.size() > 1 && hour < UtcHours.PER_DAY; hour++) {
      int at = hour;
      if (held.values().stream().filter(ms -> ms[at] > 0).count() > 1) {
        findings.add(
            hour,
            subject.toString(),
            "labels changed within the hour; the labels that were valid longest count",
            null,
            null);
      }
    }
  }

  private List<WorkloadHour> hours() {
    List<WorkloadHour> rows = new ArrayList<>();
    pods.forEach(
        (subject, pod) -> {
          TimeSpans seen = TimeSpans.union(pod.seen);
          long[] present = seen.hours(day.start());
          long[] existed = seen.hull().hours(day.start());
          long[] measured = TimeSpans.union(pod.measured).hours(day.start());
          for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
            if (present[hour] > 0) {
              BigDecimal coverage = TableDecimals.ratio(measured[hour], existed[hour]);
              rows.addAll(rows(subject, pod, hour, new Presence(seen(seen, hour), coverage)));
            }
          }
        });
    return rows;
  }

  private WorkloadHour.Seen seen(TimeSpans spans, int hour) {
    long start = day.start() + hour * UtcHours.HOUR_MS;
    TimeSpans within = spans.within(start, start + UtcHours.HOUR_MS);
    TimeSpans.Span hull = within.hull().list().get(0);
    return new WorkloadHour.Seen(
        TableDecimals.seconds(within.hours(day.start())[hour]), hull.start(), hull.end());
  }

  private List<WorkloadHour> rows(Subject subject, Pod pod, int hour, Presence presence) {
    List<String> held = new ArrayList<>();
    pod.uses.forEach(
        (model, use) -> {
          if (use.allocated().measured(hour) > 0) {
            held.add(model);
          }
        });
    BigDecimal requested = requested(pod, hour);
    if (held.isEmpty()) {
      boolean requestsDevices = requested != null && requested.signum() > 0;
      Optional<String> model = requestsDevices ? Optional.of("") : Optional.empty();
      return List.of(row(subject, pod, hour, presence, model, 0, requested));
    }
    List<BigDecimal> parts = parts(pod, hour, held, requested);
    List<WorkloadHour> rows = new ArrayList<>();
    for (int rank = 0; rank < held.size(); rank++) {
      Optional<String> model = Optional.of(held.get(rank));
      rows.add(row(subject, pod, hour, presence, model, rank, parts.get(rank)));
    }
    return rows;
  }

  /**
   * Divides the requested device time among the models that the pod holds, so that no time counts
   * for two models. Each model except the first gets at most its allocated time; the first model
   * gets the rest.
   */
  private static List<BigDecimal> parts(
      Pod pod, int hour, List<String> held, @Nullable BigDecimal requested) {
    if (requested == null) {
      return Collections.nCopies(held.size(), null);
    }
    BigDecimal left = requested;
    List<BigDecimal> parts = new ArrayList<>();
    for (String model : held.subList(1, held.size())) {
      Use use = Objects.requireNonNull(pod.uses.get(model));
      BigDecimal part = left.min(Objects.requireNonNull(use.allocated().sum(hour)));
      parts.add(part);
      left = left.subtract(part);
    }
    parts.add(0, left);
    return parts;
  }

  private WorkloadHour row(
      Subject subject,
      Pod pod,
      int hour,
      Presence presence,
      Optional<String> model,
      int rank,
      @Nullable BigDecimal requested) {
    String node = subject.name(2);
    Subject name = new Subject(subject.name(0), subject.name(1));
    Use use = model.map(pod.uses::get).orElse(null);
    return new WorkloadHour(
        hour,
        emptyToNull(node),
        subject.name(0),
        subject.name(1),
        owner(name, hour),
        model.map(named -> named.isEmpty() ? nodeModel(node, hour) : named).orElse(null),
        model.isPresent(),
        TableDecimals.figure(requested),
        allocated(node, use, hour, model.isPresent()),
        active(node, use, hour, model.isPresent()),
        onFirst(rank, pod.figure(KubernetesQuantity.POD_CPU_REQUESTED, hour)),
        onFirst(rank, pod.figure(KubernetesQuantity.POD_CPU_USED, hour)),
        onFirst(rank, pod.figure(KubernetesQuantity.POD_MEMORY_REQUESTED, hour)),
        onFirst(rank, pod.figure(KubernetesQuantity.POD_MEMORY_USED, hour)),
        at(labels, name, hour),
        presence.coverage(),
        presence.seen());
  }

  /**
   * The controller of a pod. If this is a job that has a controller, the controller of the job. A
   * CronJob is none, because its jobs do not belong together.
   */
  private WorkloadHour.Owner owner(Subject pod, int hour) {
    WorkloadHour.Owner direct = owner(at(owners, pod, hour));
    if (direct.name() == null || !"Job".equals(direct.kind())) {
      return direct;
    }
    WorkloadHour.Owner above =
        owner(at(ownersOfJobs, new Subject(pod.name(0), direct.name()), hour));
    return above.kind() == null || above.kind().equals("CronJob") ? direct : above;
  }

  private static WorkloadHour.Owner owner(Map<String, String> described) {
    return new WorkloadHour.Owner(described.get("owner_kind"), described.get("owner_name"));
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable BigDecimal onFirst(int rank, @Nullable BigDecimal figure) {
    return figure == null || rank == 0
        ? TableDecimals.figure(figure)
        : BigDecimal.ZERO.setScale(TableDecimals.SCALE);
  }

  private @Nullable String nodeModel(String node, int hour) {
    return modelOfNode.getOrDefault(node, Map.of()).get(hour);
  }

  private @Nullable BigDecimal requested(Pod pod, int hour) {
    BigDecimal requested = pod.figure(KubernetesQuantity.POD_ACCELERATORS_REQUESTED, hour);
    return requested == null && day.wasQueried(KubernetesQuantity.POD_ACCELERATORS_REQUESTED)
        ? BigDecimal.ZERO
        : requested;
  }

  /**
   * Returns the allocated time. If nothing is allocated, returns 0 if allocation is measured,
   * otherwise null (unknown).
   */
  private @Nullable BigDecimal allocated(
      String node, @Nullable Use use, int hour, boolean wantsDevice) {
    BigDecimal seconds = use == null ? null : use.allocated().sum(hour);
    return seconds == null && holdingIsMeasured(node, wantsDevice)
        ? BigDecimal.ZERO.setScale(TableDecimals.SCALE)
        : TableDecimals.figure(seconds);
  }

  private @Nullable BigDecimal active(
      String node, @Nullable Use use, int hour, boolean wantsDevice) {
    BigDecimal seconds = use == null ? null : use.active().sum(hour);
    boolean heldNothing = use == null || use.allocated().sum(hour) == null;
    return seconds == null && heldNothing && holdingIsMeasured(node, wantsDevice)
        ? BigDecimal.ZERO.setScale(TableDecimals.SCALE)
        : TableDecimals.figure(seconds);
  }

  private boolean holdingIsMeasured(String node, boolean wantsDevice) {
    return wantsDevice ? nodesWithHolders.contains(node) : Device.holdersAreMeasured(day);
  }

  private static Map<String, String> at(
      Map<Subject, List<Map<String, String>>> described, Subject subject, int hour) {
    return described
        .getOrDefault(subject, Collections.nCopies(UtcHours.PER_DAY, Map.of()))
        .get(hour);
  }
}
