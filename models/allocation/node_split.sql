{% import "macros/charge_columns.sql" %}with charges as (
    select *, substring_index(ResourceId, '/', -1) as node_key, date_trunc('hour', ChargePeriodStart) as hour,
        ChargePeriodEnd - ChargePeriodStart <= interval 1 hour as is_hourly
    from {{ ref('allocation.charge_days') }}
    where x_CostKind = 'direct'
),

receivers as (
    select * from {{ ref('allocation.node_receivers') }}
),

of_periods as (
    select
        provider_resource_id, hour_start as period_start, true as is_hourly, max(method) as method,
        array_sort(collect_list(struct(
            receiver_id, team_id, project_id, environment, model_id, workload_id, rule_id, cost_kind, weight
        ))) as receivers
    from receivers
    group by provider_resource_id, hour_start
    union all
    select
        provider_resource_id, cast(usage_date as timestamp) as period_start, false as is_hourly, max(method) as method,
        array_sort(collect_list(struct(
            receiver_id, team_id, project_id, environment, model_id, workload_id, rule_id, cost_kind, weight
        ))) as receivers
    from (
        select
            provider_resource_id, usage_date, receiver_id, team_id, project_id, environment, model_id, workload_id,
            rule_id, cost_kind, max(method) as method, sum(weight) as weight
        from receivers
        group by all
    )
    group by provider_resource_id, usage_date
),

joined as (
    select charges.*, of_periods.receivers, of_periods.method
    from charges
    inner join of_periods
        on charges.node_key = of_periods.provider_resource_id
        and charges.is_hourly = of_periods.is_hourly
        and of_periods.period_start = if(charges.is_hourly, charges.hour, cast(charges.x_AllocationDate as timestamp))
),

settled as (
    select
        *,
        transform(receivers, r -> r.weight) as weights,
        settle(BilledCost, transform(receivers, r -> r.weight)) as billed,
        settle(ContractedCost, transform(receivers, r -> r.weight)) as contracted,
        settle(EffectiveCost, transform(receivers, r -> r.weight)) as effective,
        settle(ListCost, transform(receivers, r -> r.weight)) as listed
    from joined
),

parts as (
    select *, explode(arrays_zip(receivers, billed, contracted, effective, listed)) as part from settled
)

select
    {{ charge_columns() }},
    part.billed as BilledCost,
    part.contracted as ContractedCost,
    part.effective as EffectiveCost,
    part.listed as ListCost,
    concat('node-', method) as AllocatedMethodId,
    to_json(named_struct('Elements', array(named_struct('AllocatedRatio', part.receivers.weight)))) as AllocatedMethodDetails,
    part.receivers.workload_id as AllocatedResourceId,
    cast(null as string) as AllocatedTags,
    part.receivers.workload_id as x_WorkloadId,
    x_ChargeId,
    x_AllocationDate,
    x_SourceId,
    part.receivers.team_id as x_TeamId,
    part.receivers.project_id as x_ProjectId,
    part.receivers.environment as x_Environment,
    part.receivers.model_id as x_ModelId,
    part.receivers.rule_id as x_OwnerRuleId,
    cast(null as string) as x_PoolId,
    part.receivers.cost_kind as x_CostKind,
    part.receivers.receiver_id
from parts
