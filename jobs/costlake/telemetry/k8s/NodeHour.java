package costlake.telemetry.k8s;

import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.Subject;
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
 * State and capacity of a node in one hour. Names are as the source delivers them. Null means
 * unknown.
 *
 * @param hour hour of the day, from 0 to 23
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

  static final List<KubernetesQuantity> CAPACITIES =
      List.of(
          KubernetesQuantity.NODE_CPU_CAPACITY,
          KubernetesQuantity.NODE_MEMORY_CAPACITY,
          KubernetesQuantity.NODE_ACCELERATOR_CAPACITY);

  /** Returns all hours of the nodes on a day, in order of node and hour. */
  static List<NodeHour> of(MeasuredDay day, List<Device> devices) {
    Map<KubernetesQuantity, Map<Subject, ObjectSeries>> seriesByQuantity = new HashMap<>();
    KubernetesQuantity.OF_NODES.forEach(
        quantity -> seriesByQuantity.put(quantity, day.seriesBySubject(quantity)));
    Set<Subject> nodes = new TreeSet<>();
    CAPACITIES.forEach(
        quantity -> nodes.addAll(seriesByQuantity.getOrDefault(quantity, Map.of()).keySet()));
    Map<String, List<Device>> devicesOfNode = new HashMap<>();
    devices.forEach(
        device ->
            devicesOfNode.computeIfAbsent(device.node(), any -> new ArrayList<>()).add(device));
    List<NodeHour> hours = new ArrayList<>();
    for (Subject node : nodes) {
      Map<KubernetesQuantity, ObjectSeries> own = new HashMap<>();
      seriesByQuantity.forEach(
          (quantity, all) -> {
            if (all.containsKey(node)) {
              own.put(quantity, all.get(node));
            }
          });
      hours.addAll(
          new NodeDay(day, node.name(0), own, devicesOfNode.getOrDefault(node.name(0), List.of()))
              .hours());
    }
    return hours;
  }

  /**
   * Returns the greatest capacity of each node on the day. Leaves out nodes without a measurement.
   */
  static Map<String, BigDecimal> most(MeasuredDay day, KubernetesQuantity capacity) {
    Map<String, BigDecimal> most = new HashMap<>();
    day.seriesBySubject(capacity)
        .forEach(
            (node, series) -> {
              Optional<BigDecimal> greatest = MeasuredDay.greatest(series);
              greatest.ifPresent(value -> most.put(node.name(0), value));
            });
    return most;
  }
}
