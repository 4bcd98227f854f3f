package costlake.explain;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads the lines that statements print, except the lines that say why a total changed. */
final class PrintedLines {
  /**
   * All lines of all receivers. {@code subject} is what a line is about. {@code cost} is null if
   * the table has no exact cost.
   */
  private static final String LINES =
      """
      select line_id, 'breakdown' as kind, billing_month, receiver_kind, receiver_id, team_id, billing_currency, breakdown,
          name as subject, effective_cost as cost,
          concat(breakdown, ' ', if(members > 1, 'everything else', coalesce(name, '(none)'))) as label
      from reporting.statement_lines
      union all
      select line_id, 'pool', billing_month, receiver_kind, receiver_id, team_id, billing_currency, null, pool_id, effective_cost,
          concat('pool ', pool_name, ', ', coalesce(trim(trailing '.' from trim(trailing '0' from cast(units as string))), 'unknown'),
              ' of ', coalesce(trim(trailing '.' from trim(trailing '0' from cast(all_units as string))), 'unknown'), ' units')
      from reporting.statement_pools
      union all
      select line_id, 'accelerator', billing_month, receiver_kind, receiver_id, team_id, billing_currency, null, accelerator_model, null,
          concat('nodes with ', accelerator_model)
      from reporting.statement_accelerators
      union all
      select line_id, 'value', billing_month, receiver_kind, receiver_id, team_id, billing_currency, null, model_id, null,
          concat('cost of model ', model_id)
      from reporting.statement_value
      union all
      select line_id, 'idle', billing_month, receiver_kind, receiver_id, team_id, billing_currency, null, workload_id, null,
          concat(workload_id, ' held ', accelerator_model, ' and did not use it')
      from reporting.statement_workloads""";

  private static final String OF_IDLE =
      """
      select l.line_id, i.usage_date, i.node_id, cast(sum(i.idle_s) / 3600 as decimal(38, 9)) as hours,
          sum(i.effective_cost) as cost
      from allocation.idle_hours as i
      join reporting.statement_workloads as l on l.workload_id = i.workload_id
          and l.accelerator_model = i.accelerator_model and l.team_id = i.team_id
          and l.billing_currency = i.billing_currency and l.billing_month = trunc(i.usage_date, 'month')
      where i.idle_kind = 'workload_idle'
      group by all""";

  private PrintedLines() {}

  /** The lines of the statements of teams. Grain: one row for each line. */
  static Dataset<Row> ofTeams(SparkSession spark) {
    return spark.sql(LINES).where("receiver_kind = 'team'");
  }

  /** The lines of the statements of all other receivers. Grain: one row for each line. */
  static Dataset<Row> ofGroups(SparkSession spark) {
    return spark.sql(LINES).where("receiver_kind <> 'team'");
  }

  /**
   * The hours in which workloads held accelerators and did not use them, by line, day and node.
   * Columns: {@code line_id}, {@code usage_date}, {@code node_id}, {@code hours}, {@code cost}.
   */
  static Dataset<Row> idle(SparkSession spark, Column lines) {
    return spark.sql(OF_IDLE).where(lines);
  }
}
