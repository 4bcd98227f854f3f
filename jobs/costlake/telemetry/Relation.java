package costlake.telemetry;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The relations handed over, with their columns and the measures they need. */
enum Relation {
  NODE_HOURS(
      "bronze__k8s_node_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      node_id string, provider_resource_id string, accelerator_model string,
      up_s decimal(38,9), cpu_capacity_core_s decimal(38,9), memory_capacity_byte_s decimal(38,9),
      accelerator_capacity_s decimal(38,9), labels map<string,string>,
      coverage_ratio decimal(18,9)""") {
    @Override
    Set<Measure> measures() {
      return union(Measure.OF_NODES, Measure.OF_DEVICES);
    }

    @Override
    List<Row> rows(Origin origin, HoursOfDay hours) {
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
  },
  ACCELERATOR_HOURS(
      "bronze__k8s_accelerator_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      node_id string, accelerator_id string, accelerator_model string, device string,
      mig_profile string, mig_strategy string, memory_mib decimal(38,9), slices decimal(38,9),
      slices_max decimal(38,9), provisioned_s decimal(38,9), allocated_s decimal(38,9),
      active_s decimal(38,9), memory_used_byte_s decimal(38,9), energy_kwh decimal(38,9),
      coverage_ratio decimal(18,9)""") {
    @Override
    Set<Measure> measures() {
      return EnumSet.copyOf(Measure.OF_DEVICES);
    }

    @Override
    List<Row> rows(Origin origin, HoursOfDay hours) {
      return hours.accelerators().stream()
          .map(
              device ->
                  origin.row(
                      device.hour(),
                      device.node(),
                      device.id(),
                      device.model(),
                      device.device(),
                      device.profile(),
                      device.migStrategy(),
                      Figures.figure(device.memoryMib()),
                      Figures.figure(device.slices()),
                      Figures.figure(device.slicesMax()),
                      device.provisionedS(),
                      device.allocatedS(),
                      device.activeS(),
                      device.memoryUsedByteS(),
                      device.energyKwh(),
                      device.coverage()))
          .toList();
    }
  },
  WORKLOAD_HOURS(
      "bronze__k8s_workload_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      node_id string, namespace string, pod string, owner_kind string, accelerator_model string,
      holds_accelerator boolean, accelerator_requested_s decimal(38,9),
      accelerator_allocated_s decimal(38,9), accelerator_active_s decimal(38,9),
      cpu_requested_core_s decimal(38,9), cpu_used_core_s decimal(38,9),
      memory_requested_byte_s decimal(38,9), memory_used_byte_s decimal(38,9),
      cpu_limit_core_s decimal(38,9), memory_limit_byte_s decimal(38,9),
      labels map<string,string>, namespace_labels map<string,string>,
      coverage_ratio decimal(18,9)""") {
    @Override
    Set<Measure> measures() {
      return EnumSet.allOf(Measure.class);
    }

    @Override
    List<Row> rows(Origin origin, HoursOfDay hours) {
      return hours.workloads().stream()
          .map(
              pod ->
                  origin.row(
                      pod.hour(),
                      pod.node(),
                      pod.namespace(),
                      pod.pod(),
                      pod.ownerKind(),
                      pod.model(),
                      pod.holdsAccelerator(),
                      pod.acceleratorRequestedS(),
                      pod.acceleratorAllocatedS(),
                      pod.acceleratorActiveS(),
                      pod.cpuRequestedCoreS(),
                      pod.cpuUsedCoreS(),
                      pod.memoryRequestedByteS(),
                      pod.memoryUsedByteS(),
                      pod.cpuLimitCoreS(),
                      pod.memoryLimitByteS(),
                      map(pod.labels()),
                      map(pod.namespaceLabels()),
                      pod.coverage()))
          .toList();
    }
  },
  FINDINGS(
      "bronze__k8s_findings",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      subject string, reason string, measured decimal(38,9), allowed decimal(38,9)""") {
    @Override
    Set<Measure> measures() {
      return EnumSet.allOf(Measure.class);
    }

    @Override
    List<Row> rows(Origin origin, HoursOfDay hours) {
      return hours.findings().stream()
          .map(
              finding ->
                  origin.row(
                      finding.hour(),
                      finding.subject(),
                      finding.reason(),
                      Figures.figure(finding.measured()),
                      Figures.figure(finding.allowed())))
          .toList();
    }
  };

  /** Where a row comes from. */
  record Origin(String sourceId, String cluster, LocalDate date) {
    Row row(Integer hour, Object... values) {
      Long start =
          hour == null
              ? null
              : date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + hour * Hour.MS;
      List<Object> all = new ArrayList<>();
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

  private final String view;
  private final String ddl;

  Relation(String view, String ddl) {
    this.view = view;
    this.ddl = ddl;
  }

  /** Name of the temporary view. */
  String view() {
    return view;
  }

  /** Columns as the tasks make them; times are still numbers and dates text. */
  StructType raw() {
    return StructType.fromDDL(ddl.replace("\n", " "));
  }

  /** Columns of the view. */
  List<String> columns() {
    return Stream.of(raw().fieldNames())
        .map(
            name ->
                switch (name) {
                  case "usage_date" -> "cast(usage_date as date) as usage_date";
                  case "hour_start_ms" -> "timestamp_millis(hour_start_ms) as hour_start";
                  default -> name;
                })
        .toList();
  }

  /** What has to be read for it. */
  abstract Set<Measure> measures();

  abstract List<Row> rows(Origin origin, HoursOfDay hours);

  private static Set<Measure> union(List<Measure> one, List<Measure> other) {
    EnumSet<Measure> all = EnumSet.copyOf(one);
    all.addAll(other);
    return all;
  }

  private static Object map(Map<String, String> labels) {
    return CollectionConverters.asScala(labels);
  }
}
