package costlake.telemetry.k8s;

import costlake.telemetry.prometheus.HourRelation;
import costlake.telemetry.prometheus.RowOrigin;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.Row;

/** The relations that this family provides as temporary views, with their columns. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum KubernetesRelation implements HourRelation<HoursOfDay> {
  NODE_HOURS(
      "bronze__k8s_node_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      node_id string, provider_resource_id string, accelerator_model string,
      up_s decimal(38,9), cpu_capacity_core_s decimal(38,9), memory_capacity_byte_s decimal(38,9),
      accelerator_capacity_s decimal(38,9), labels map<string,string>,
      coverage_ratio decimal(18,9)\
      """,
      HourRows::nodes),
  ACCELERATOR_HOURS(
      "bronze__k8s_accelerator_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      node_id string, accelerator_id string, accelerator_model string, slices decimal(38,9),
      slices_max decimal(38,9), provisioned_s decimal(38,9), allocated_s decimal(38,9),
      active_s decimal(38,9), memory_used_byte_s decimal(38,9), energy_kwh decimal(38,9),
      coverage_ratio decimal(18,9)\
      """,
      HourRows::accelerators),
  WORKLOAD_HOURS(
      "bronze__k8s_workload_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      node_id string, namespace string, pod string, owner_kind string, owner_name string,
      accelerator_model string, holds_accelerator boolean, accelerator_requested_s decimal(38,9),
      accelerator_allocated_s decimal(38,9), accelerator_active_s decimal(38,9),
      cpu_requested_core_s decimal(38,9), cpu_used_core_s decimal(38,9),
      memory_requested_byte_s decimal(38,9), memory_used_byte_s decimal(38,9),
      labels map<string,string>, coverage_ratio decimal(18,9), seen_s decimal(38,9),
      seen_from_ms bigint, seen_until_ms bigint\
      """,
      HourRows::workloads),
  FINDINGS(
      "bronze__k8s_findings",
      RowOrigin.FINDING_COLUMNS,
      (origin, hours) -> origin.findings(hours.findings()));

  private final String view;
  private final String ddl;
  private final BiFunction<RowOrigin, HoursOfDay, List<Row>> rows;

  KubernetesRelation(String view, String ddl, BiFunction<RowOrigin, HoursOfDay, List<Row>> rows) {
    this.view = view;
    this.ddl = ddl;
    this.rows = rows;
  }

  @Override
  public String view() {
    return view;
  }

  @Override
  public String ddl() {
    return ddl;
  }

  @Override
  public List<Row> rows(RowOrigin origin, HoursOfDay hours) {
    return rows.apply(origin, hours);
  }
}
