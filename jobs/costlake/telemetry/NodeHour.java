package costlake.telemetry;

import costlake.telemetry.ClusterDay.ObjectSeries;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * State and capacity of a node in one hour. Names are the source's own; null is unknown.
 *
 * @param hour of the day
 */
record NodeHour(
    int hour,
    String node,
    @Nullable String providerResource,
    @Nullable String accelerator,
    BigDecimal upS,
    @Nullable BigDecimal cpuCapacityCoreS,
    @Nullable BigDecimal memoryCapacityByteS,
    @Nullable BigDecimal acceleratorCapacityS,
    Map<String, String> labels,
    @Nullable BigDecimal coverage) {

  static final List<MeasuredQuantity> CAPACITIES =
      List.of(
          MeasuredQuantity.NODE_CPU_CAPACITY,
          MeasuredQuantity.NODE_MEMORY_CAPACITY,
          MeasuredQuantity.NODE_ACCELERATOR_CAPACITY);

  /** All node-hours of a day, in order of node and hour. */
  static List<NodeHour> of(ClusterDay day, List<Device> devices) {
    Map<MeasuredQuantity, Map<Subject, ObjectSeries>> seriesByQuantity = new HashMap<>();
    MeasuredQuantity.OF_NODES.forEach(
        measure -> seriesByQuantity.put(measure, day.seriesBySubject(measure)));
    Set<Subject> nodes = new TreeSet<>();
    CAPACITIES.forEach(
        measure -> nodes.addAll(seriesByQuantity.getOrDefault(measure, Map.of()).keySet()));
    Map<String, List<Device>> devicesOfNode = new HashMap<>();
    devices.forEach(
        device ->
            devicesOfNode.computeIfAbsent(device.node(), any -> new ArrayList<>()).add(device));
    List<NodeHour> hours = new ArrayList<>();
    for (Subject node : nodes) {
      Map<MeasuredQuantity, ObjectSeries> own = new HashMap<>();
      seriesByQuantity.forEach(
          (measure, all) -> {
            if (all.containsKey(node)) {
              own.put(measure, all.get(node));
            }
          });
      hours.addAll(
          new NodeDay(day, node.name(0), own, devicesOfNode.getOrDefault(node.name(0), List.of()))
              .hours());
    }
    return hours;
  }

  /** The most a node ever had of something that day; empty when it was not measured. */
  static Map<String, BigDecimal> most(ClusterDay day, MeasuredQuantity capacity) {
    Map<String, BigDecimal> most = new HashMap<>();
    day.seriesBySubject(capacity)
        .forEach(
            (node, series) -> {
              Optional<BigDecimal> greatest = ClusterDay.greatest(series);
              greatest.ifPresent(value -> most.put(node.name(0), value));
            });
    return most;
  }
}
