package costlake.telemetry.k8s;

import costlake.telemetry.prometheus.RowOrigin;
import costlake.telemetry.series.TableDecimals;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Converts measured hours and findings to rows of the telemetry relations. The values of a row are
 * in the order of the columns.
 */
final class HourRows {
  private HourRows() {}

  static List<Row> nodes(RowOrigin origin, HoursOfDay hours) {
    return hours.nodes().stream()
        .map(
            node ->
                origin.row(
                    node.hour(),
                    node.node(),
                    node.providerResource(),
                    node.accelerator(),
                    node.upS(),
                    node.cpuCapacityCoreS(),
                    node.memoryCapacityByteS(),
                    node.acceleratorCapacityS(),
                    map(node.labels()),
                    node.coverage()))
        .toList();
  }

  static List<Row> accelerators(RowOrigin origin, HoursOfDay hours) {
    return hours.accelerators().stream()
        .map(
            device ->
                origin.row(
                    device.hour(),
                    device.node(),
                    device.id(),
                    device.model(),
                    TableDecimals.figure(device.slices()),
                    TableDecimals.figure(device.slicesMax()),
                    device.provisionedS(),
                    device.allocatedS(),
                    device.activeS(),
                    device.memoryUsedByteS(),
                    device.energyKwh(),
                    device.coverage()))
        .toList();
  }

  static List<Row> workloads(RowOrigin origin, HoursOfDay hours) {
    return hours.workloads().stream()
        .map(
            pod ->
                origin.row(
                    pod.hour(),
                    pod.node(),
                    pod.namespace(),
                    pod.pod(),
                    pod.owner().kind(),
                    pod.owner().name(),
                    pod.model(),
                    pod.holdsAccelerator(),
                    pod.acceleratorRequestedS(),
                    pod.acceleratorAllocatedS(),
                    pod.acceleratorActiveS(),
                    pod.cpuRequestedCoreS(),
                    pod.cpuUsedCoreS(),
                    pod.memoryRequestedByteS(),
                    pod.memoryUsedByteS(),
                    map(pod.labels()),
                    pod.coverage(),
                    pod.seen().time(),
                    pod.seen().from(),
                    pod.seen().until()))
        .toList();
  }

  private static Object map(Map<String, String> labels) {
    return CollectionConverters.asScala(labels);
  }
}
