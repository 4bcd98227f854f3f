package costlake.telemetry.serving;

import costlake.telemetry.prometheus.HourRelation;
import costlake.telemetry.prometheus.RowOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The relations that this family provides as temporary views, with their columns. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum ServingRelation implements HourRelation<ServingHours> {
  HOURS(
      "bronze__serving_hours",
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      endpoint_id string, namespace string, pod string, model_id string, model_version string,
      engine string, requests decimal(38,9), failed_requests decimal(38,9),
      input_tokens decimal(38,9), cached_input_tokens decimal(38,9), output_tokens decimal(38,9),
      prefill_s decimal(38,9), decode_s decimal(38,9), queue_s decimal(38,9),
      latency_s decimal(38,9)\
      """,
      (origin, hours) -> hours.hours().stream().map(hour -> row(origin, hour)).toList()),
  FINDINGS(
      "bronze__serving_findings",
      RowOrigin.FINDING_COLUMNS,
      (origin, hours) -> origin.findings(hours.findings()));

  private final String view;
  private final String ddl;
  private final BiFunction<RowOrigin, ServingHours, List<Row>> rows;

  ServingRelation(String view, String ddl, BiFunction<RowOrigin, ServingHours, List<Row>> rows) {
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
  public List<Row> rows(RowOrigin origin, ServingHours hours) {
    return rows.apply(origin, hours);
  }

  private static Row row(RowOrigin origin, ServingHour hour) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(hour.endpoint());
    for (int position = 1; position < Engine.SUBJECT.size(); position++) {
      values.add(hour.name(position));
    }
    values.add(hour.engine());
    for (ServingMeasure measure : ServingMeasure.values()) {
      values.add(hour.figure(measure));
    }
    return origin.row(hour.hour(), values.toArray());
  }
}
