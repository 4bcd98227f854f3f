package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trunc;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The lines that statements print and the allocated charges that each of them is made of. */
final class PrintedLines {
  /**
   * Every line. {@code cost} is null where the table keeps none to the last digit; {@code subject}
   * is what the line is about.
   */
  private static final String LINES =
      """
      select line_id, 'breakdown' as kind, billing_month, team_id, billing_currency, breakdown,
          name as subject, effective_cost as cost,
          concat(breakdown, ' ', if(members > 1, 'everything else', coalesce(name, '(none)'))) as label
      from reporting.statement_lines
      union all
      select line_id, 'pool', billing_month, team_id, billing_currency, null, pool_id, null,
          concat('pool ', pool_name, ', ', coalesce(trim(trailing '.' from trim(trailing '0' from string(units))), 'unknown'),
              ' of ', coalesce(trim(trailing '.' from trim(trailing '0' from string(all_units))), 'unknown'), ' units')
      from reporting.statement_pools
      union all
      select line_id, 'accelerator', billing_month, team_id, billing_currency, null, accelerator_model, null,
          concat('nodes with ', accelerator_model)
      from reporting.statement_accelerators
      union all
      select line_id, 'value', billing_month, team_id, billing_currency, null, model_id, null,
          concat('cost of model ', model_id)
      from reporting.statement_value
      union all
      select line_id, 'idle', billing_month, team_id, billing_currency, null, workload_id, null,
          concat(workload_id, ' held ', accelerator_model, ' and did not use it')
      from reporting.statement_workloads""";

  private static final String OF_MONTHS = "charges_of_explained_months";

  private static final String CHARGE =
      "c.x_CostKind, c.x_OwnerRuleId, c.x_PoolId, c.AllocatedMethodId, c.x_ChargeId, c.EffectiveCost";

  /** A charge stands once in each breakdown: under its own name, or among everything else. */
  private static final String OF_BREAKDOWNS =
      """
      with c as (
          select x_BillingMonth, x_TeamId, BillingCurrency, %1$s, explode(map(
              'bridge', x_CostKind, 'project', x_ProjectId, 'provider', ServiceProviderName,
              'service', ServiceName, 'environment', x_Environment, 'model', x_ModelId)) as (breakdown, name)
          from charges_of_explained_months as c
      ),
      own as (select * from reporting.statement_lines where members = 1),
      rest as (select * from reporting.statement_lines where members > 1)
      select coalesce(own.line_id, rest.line_id) as line_id, %1$s
      from c
      left join own on own.billing_month = c.x_BillingMonth and own.team_id = c.x_TeamId
          and own.billing_currency = c.BillingCurrency and own.breakdown = c.breakdown and own.name <=> c.name
      left join rest on own.line_id is null and rest.billing_month = c.x_BillingMonth and rest.team_id = c.x_TeamId
          and rest.billing_currency = c.BillingCurrency and rest.breakdown = c.breakdown"""
          .formatted(CHARGE);

  private static final String OF_POOLS =
      """
      select l.line_id, %s
      from reporting.statement_pools as l
      join charges_of_explained_months as c on c.x_PoolId = l.pool_id and c.x_TeamId = l.team_id
          and c.BillingCurrency = l.billing_currency and trunc(c.x_AllocationDate, 'month') = l.billing_month"""
          .formatted(CHARGE);

  /**
   * A node's cost is under the accelerator that its workload held, or under its own where none did.
   */
  private static final String OF_ACCELERATORS =
      """
      with nodes as (
          select usage_date, provider_resource_id, cast(null as string) as workload_id,
              max(accelerator_model) as accelerator_model
          from telemetry.node_hours where accelerator_model is not null group by all
          union all
          select distinct usage_date, provider_resource_id, workload_id, accelerator_model
          from allocation.workload_owners where accelerator_s > 0
      )
      select l.line_id, %s
      from charges_of_explained_months as c
      join nodes on nodes.usage_date = c.x_AllocationDate and nodes.workload_id <=> c.x_WorkloadId
          and nodes.provider_resource_id = substring_index(c.ResourceId, '/', -1)
      join reporting.statement_accelerators as l on l.accelerator_model = nodes.accelerator_model
          and l.team_id = c.x_TeamId and l.billing_currency = c.BillingCurrency
          and trunc(c.x_AllocationDate, 'month') = l.billing_month
      where c.AllocatedMethodId like 'node-%%'"""
          .formatted(CHARGE);

  /** A model's cost is that of all teams; what is not the team's own is told as one sum. */
  private static final String OF_VALUES =
      """
      select l.line_id,
          if(c.x_TeamId = l.team_id, c.x_CostKind, 'of other teams') as x_CostKind,
          if(c.x_TeamId = l.team_id, c.x_OwnerRuleId, null) as x_OwnerRuleId,
          if(c.x_TeamId = l.team_id, c.x_PoolId, null) as x_PoolId,
          if(c.x_TeamId = l.team_id, c.AllocatedMethodId, null) as AllocatedMethodId,
          if(c.x_TeamId = l.team_id, c.x_ChargeId, null) as x_ChargeId,
          c.EffectiveCost
      from reporting.statement_value as l
      join charges_of_explained_months as c on c.x_ModelId = l.model_id
          and c.BillingCurrency = l.billing_currency and c.x_BillingMonth = l.billing_month""";

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

  /** All lines. Grain: one row a line. */
  static Dataset<Row> all(SparkSession spark) {
    return spark.sql(LINES);
  }

  /**
   * The charges behind some lines. Grain: one row for each allocated charge and line.
   *
   * @param months first days of the months of these lines
   */
  static Dataset<Row> charges(SparkSession spark, Column lines, Object... months) {
    spark
        .table("allocation.allocated_charges")
        .where(
            col("x_BillingMonth")
                .isin(months)
                .or(trunc(col("x_AllocationDate"), "month").isin(months)))
        .createOrReplaceTempView(OF_MONTHS);
    return Stream.of(OF_BREAKDOWNS, OF_POOLS, OF_ACCELERATORS, OF_VALUES)
        .map(spark::sql)
        .map(charges -> charges.where(lines))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /**
   * The idle hours behind some lines, by day. Columns: {@code line_id}, {@code usage_date}, {@code
   * node_id}, {@code hours}, {@code cost}.
   */
  static Dataset<Row> idle(SparkSession spark, Column lines) {
    return spark.sql(OF_IDLE).where(lines);
  }
}
