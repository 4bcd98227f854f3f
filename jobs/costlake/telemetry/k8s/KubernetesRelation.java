package costlake.telemetry.k8s;

import costlake.telemetry.k8s.HourRows.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The relations that this family provides as temporary views, with their columns. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum KubernetesRelation {
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
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      subject string, reason string, measured decimal(38,9), allowed decimal(38,9)\
      """,
      HourRows::findings);

  /** Name of the column with the name of the relation, in the combined rows of all relations. */
  static final String KIND = "relation";

  /** End of the names of columns with times. */
  private static final String MS = "_ms";

  private final String view;
  private final String ddl;
  private final BiFunction<Origin, HoursOfDay, List<Row>> rows;

  KubernetesRelation(String view, String ddl, BiFunction<Origin, HoursOfDay, List<Row>> rows) {
    this.view = view;
    this.ddl = ddl;
    this.rows = rows;
  }

  /** Returns the name of the temporary view. */
  String view() {
    return view;
  }

  /** Returns the schema of the rows that the tasks make: times are numbers and dates are text. */
  StructType raw() {
    return StructType.fromDDL(ddl.replace("\n", " "));
  }

  /**
   * Returns the name of the struct column for rows of this relation in the combined rows of all
   * relations.
   */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the schema of the combined rows of all relations: the name of the relation, and one
   * struct column for each relation. Only the column of the row's own relation is not null.
   */
  static StructType all() {
    StructType all = new StructType().add(KIND, DataTypes.StringType, false);
    for (KubernetesRelation relation : values()) {
      all = all.add(relation.field(), relation.raw());
    }
    return all;
  }

  /** Returns the combined rows of a day. */
  static List<Row> allRows(Origin origin, HoursOfDay hours) {
    List<Row> all = new ArrayList<>();
    List<KubernetesRelation> relations = List.of(values());
    for (int i = 0; i < relations.size(); i++) {
      for (Row row : relations.get(i).rows.apply(origin, hours)) {
        Object[] fields = new Object[relations.size() + 1];
        fields[0] = relations.get(i).field();
        fields[i + 1] = row;
        all.add(RowFactory.create(fields));
      }
    }
    return all;
  }

  /** Returns the expressions that compute the columns of the view. */
  List<String> columns() {
    return Stream.of(raw().fieldNames())
        .map(
            name ->
                name.equals("usage_date") ? "cast(usage_date as date) as usage_date" : typed(name))
        .toList();
  }

  private static String typed(String name) {
    return name.endsWith(MS)
        ? "timestamp_millis(%s) as %s".formatted(name, name.substring(0, name.length() - MS.length()))
        : name;
  }
}
