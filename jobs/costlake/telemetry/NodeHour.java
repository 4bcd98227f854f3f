package costlake.telemetry;

import costlake.telemetry.Day.Thing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node was and had in one hour. Names are the source's own; null is unknown.
 *
 * @param hour of the day
 */
record NodeHour(
    int hour,
    String node,
    String providerResource,
    String accelerator,
    BigDecimal upS,
    BigDecimal cpuCapacityCoreS,
    BigDecimal memoryCapacityByteS,
    BigDecimal acceleratorCapacityS,
    Map<String, String> labels,
    BigDecimal coverage) {

  private static final List<Measure> CAPACITIES =
      List.of(
          Measure.NODE_CPU_CAPACITY,
          Measure.NODE_MEMORY_CAPACITY,
          Measure.NODE_ACCELERATOR_CAPACITY);
  private static final String PRODUCT = "nvidia_com_gpu_product";

  /** All node-hours of a day, in order of node and hour. */
  static List<NodeHour> of(Day day, List<Device> devices) {
    Map<Measure, Map<Subject, Thing>> things = new HashMap<>();
    Measure.OF_NODES.forEach(measure -> things.put(measure, day.things(measure)));
    Set<Subject> nodes = new TreeSet<>();
    CAPACITIES.forEach(measure -> nodes.addAll(things.get(measure).keySet()));
    Map<String, List<Device>> devicesOfNode = new HashMap<>();
    devices.forEach(
        device ->
            devicesOfNode.computeIfAbsent(device.node(), any -> new ArrayList<>()).add(device));
    List<NodeHour> hours = new ArrayList<>();
    for (Subject node : nodes) {
      Map<Measure, Thing> own = new HashMap<>();
      things.forEach(
          (measure, all) -> {
            if (all.containsKey(node)) {
              own.put(measure, all.get(node));
            }
          });
      hours.addAll(
          new OneNode(day, node.name(0), own, devicesOfNode.getOrDefault(node.name(0), List.of()))
              .hours());
    }
    return hours;
  }

  /** Part of a provider's id that the bill calls the resource. */
  static String resource(String providerId) {
    if (providerId == null || providerId.isEmpty()) {
      return null;
    }
    return providerId.startsWith("azure://")
        ? providerId.substring("azure://".length())
        : providerId.substring(providerId.lastIndexOf('/') + 1);
  }

  private record OneNode(Day day, String node, Map<Measure, Thing> things, List<Device> devices) {

    List<NodeHour> hours() {
      Spans seen =
          Spans.union(
              CAPACITIES.stream()
                  .map(things::get)
                  .filter(Objects::nonNull)
                  .map(Thing::seen)
                  .toList());
      long[] up = seen.hours(day.start());
      long[] existed = seen.hull().hours(day.start());
      HourSums cpu = sums(Measure.NODE_CPU_CAPACITY);
      HourSums memory = sums(Measure.NODE_MEMORY_CAPACITY);
      List<Map<String, String>> provider = provider();
      List<Map<String, String>> labels = described(Measure.NODE_LABELS);
      List<Map<String, String>> role = described(Measure.NODE_ROLE);
      BigDecimal[] accelerators = accelerators();
      List<NodeHour> hours = new ArrayList<>();
      for (int hour = 0; hour < Hour.A_DAY; hour++) {
        if (up[hour] > 0) {
          hours.add(
              new NodeHour(
                  hour,
                  node,
                  resource(provider.get(hour).get("provider_id")),
                  accelerator(hour, labels.get(hour)),
                  Figures.seconds(up[hour]),
                  Figures.figure(cpu.sum(hour)),
                  Figures.figure(memory.sum(hour)),
                  Figures.figure(accelerators[hour]),
                  labels(labels.get(hour), role.get(hour)),
                  Figures.ratio(up[hour], existed[hour])));
        }
      }
      return hours;
    }

    private HourSums sums(Measure measure) {
      HourSums sums = new HourSums(day.start());
      if (things.containsKey(measure)) {
        things.get(measure).levels().values().forEach(sums::addLevels);
      }
      return sums;
    }

    private List<Map<String, String>> described(Measure measure) {
      return things.containsKey(measure)
          ? day.described(things.get(measure))
          : Collections.nCopies(Hour.A_DAY, Map.of());
    }

    private List<Map<String, String>> provider() {
      return CAPACITIES.stream()
          .filter(things::containsKey)
          .findFirst()
          .map(this::described)
          .orElseThrow();
    }

    private static Map<String, String> labels(
        Map<String, String> labels, Map<String, String> role) {
      Map<String, String> all = new TreeMap<>(labels);
      if (role.containsKey("role")) {
        all.put("node_role", role.get("role"));
      }
      return all;
    }

    /** The model most of the devices are of, in time; without devices what the labels say. */
    private String accelerator(int hour, Map<String, String> labels) {
      Map<String, Long> byModel = new TreeMap<>();
      for (Device device : devices) {
        String model = device.label("modelName", hour);
        if (model != null) {
          byModel.merge(model, device.provisioned().hours(day.start())[hour], Long::sum);
        }
      }
      return byModel.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse(labels.get(PRODUCT));
    }

    /**
     * Device-seconds. Kubernetes counts devices; where it counts slices, or was not asked, the
     * devices seen are counted.
     */
    private BigDecimal[] accelerators() {
      BigDecimal[] sums = new BigDecimal[Hour.A_DAY];
      Thing counted = things.get(Measure.NODE_ACCELERATOR_CAPACITY);
      boolean whole =
          counted != null
              && counted.levels().keySet().stream()
                  .noneMatch(part -> part.get(0).contains("_mig_"));
      if (whole) {
        HourSums devicesCounted = sums(Measure.NODE_ACCELERATOR_CAPACITY);
        Arrays.setAll(sums, devicesCounted::sum);
      } else if (!devices.isEmpty()) {
        long[] seen = devicesSeen();
        Arrays.setAll(sums, hour -> Figures.seconds(seen[hour]));
      } else if (day.asked(Measure.NODE_ACCELERATOR_CAPACITY)) {
        Arrays.fill(sums, BigDecimal.ZERO);
      }
      return sums;
    }

    private long[] devicesSeen() {
      long[] seen = new long[Hour.A_DAY];
      for (String uuid : new HashSet<>(devices.stream().map(Device::uuid).toList())) {
        Spans spans =
            Spans.union(
                devices.stream()
                    .filter(device -> device.uuid().equals(uuid))
                    .map(Device::provisioned)
                    .toList());
        long[] hours = spans.hours(day.start());
        Arrays.setAll(seen, hour -> seen[hour] + hours[hour]);
      }
      return seen;
    }
  }

  /** The most a node ever had of something that day; empty when it was not measured. */
  static Map<String, BigDecimal> most(Day day, Measure capacity) {
    Map<String, BigDecimal> most = new HashMap<>();
    day.things(capacity)
        .forEach(
            (node, thing) -> {
              Optional<BigDecimal> greatest = Day.greatest(thing);
              greatest.ifPresent(value -> most.put(node.name(0), value));
            });
    return most;
  }
}
