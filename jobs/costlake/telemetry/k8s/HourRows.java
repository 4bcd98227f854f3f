package costlake.telemetry.k8s;

import costlake.telemetry.series.TableDecimals;
import costlake.telemetry.series.UtcHours;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Converts measured hours and findings to rows of the telemetry relations. The values of a row are
 * in the order of the columns.
 */
final class HourRows {
  /** The source, cluster and day of a row. */
  record Origin(String sourceId, String cluster, LocalDate date) {
    Row row(@Nullable Integer hour, @Nullable Object... values) {
      Long start =
          hour == null
              ? null
              : date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
                  + hour * UtcHours.HOUR_MS;
      List<@Nullable Object> all = new ArrayList<>();
      all.add(sourceId);
      all.add(date.toString());
      all.add(start);
      all.add(cluster);
      for (Object value : values) {
        all.add(value);
      }
      return RowFactory.create(all.toArray());
    }
  }

  private HourRows() {}

  static List<Row> nodes(Origin origin, HoursOfDay hours) {
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

  static List<Row> accelerators(Origin origin, HoursOfDay hours) {
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

  static List<Row> workloads(Origin origin, HoursOfDay hours) {
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

  static List<Row> findings(Origin origin, HoursOfDay hours) {
    return hours.findings().stream()
        .map(
            finding ->
                origin.row(
                    finding.hour(),
                    finding.subject(),
                    finding.reason(),
                    TableDecimals.figure(finding.measured()),
                    TableDecimals.figure(finding.allowed())))
        .toList();
  }

  private static Object map(Map<String, String> labels) {
    return CollectionConverters.asScala(labels);
  }
}
