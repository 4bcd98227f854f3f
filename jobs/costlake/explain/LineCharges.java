package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.trunc;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the allocated charges that a printed line sums. */
final class LineCharges {
  private static final String OF_MONTHS = "charges_of_explained_months";

  private static final String CHARGE =
      "c.x_CostKind, c.x_OwnerRuleId, c.x_PoolId, c.AllocatedMethodId, c.x_ChargeId, c.EffectiveCost";

  /**
   * In each breakdown, a charge counts in one line: in the line with the charge's name or, if there
   * is no such line, in the line for all other names.
   */
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
          and c.BillingCurrency = l.billing_currency and c.x_BillingMonth = l.billing_month
      where c.x_CostKind = 'shared'"""
          .formatted(CHARGE);

  /**
   * The cost of a node that a workload uses counts in the line of the accelerator model that was
   * allocated to the workload. Idle cost counts in the line of the node's accelerator model.
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
      join nodes on nodes.usage_date = c.x_AllocationDate and nodes.provider_resource_id = c.x_NodeId
          and nodes.workload_id <=> if(c.x_CostKind = 'idle', null, c.x_WorkloadId)
      join reporting.statement_accelerators as l on l.accelerator_model = nodes.accelerator_model
          and l.team_id = c.x_TeamId and l.billing_currency = c.BillingCurrency
          and trunc(c.x_AllocationDate, 'month') = l.billing_month"""
          .formatted(CHARGE);

  /**
   * A statement's line about an AI model shows the cost of the model for all teams. The charges of
   * the statement's own team are listed; the charges of the other teams are one sum.
   */
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
          and c.BillingCurrency = l.billing_currency and c.x_BillingMonth = l.billing_month
      where l.team_id is not null""";

  private LineCharges() {}

  /**
   * Finds the charges of some lines. Grain: one row for each line and allocated charge.
   *
   * @param lines selects the lines by {@code line_id}
   * @param months months of these lines, each as its first day
   */
  static Dataset<Row> lines(SparkSession spark, Column lines, Object... months) {
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
}
