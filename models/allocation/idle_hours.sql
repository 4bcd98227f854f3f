with days as (
    select
        usage_date, provider_resource_id, idle_kind, team_id, model_id, workload_id,
        array_sort(collect_list(struct(
            hour_start, cluster_id, node_id, accelerator_model, idle_s, weight
        ))) as hours
    from {{ ref('allocation.idle_weights') }}
    group by all
),

charges as (
    select
        x_AllocationDate as usage_date, x_NodeId as provider_resource_id,
        if(x_CostKind = 'idle', 'node_idle', 'workload_idle') as idle_kind, x_TeamId as team_id, x_ModelId as model_id,
        if(x_CostKind = 'idle', null, x_WorkloadId) as workload_id, BillingCurrency as billing_currency,
        sum(if(x_CostKind = 'idle', EffectiveCost, x_WorkloadIdleCost)) as cost
    from {{ ref('allocation.allocated_charges') }}
    where x_NodeId is not null and x_CostKind in ('direct', 'idle')
    group by all
),

-- if all weights of a day round to 0, its first hour gets the whole cost
apportioned as (
    select
        days.*, charges.billing_currency,
        coalesce(apportion(charges.cost, if(
            exists(days.hours, hour -> hour.weight > 0), days.hours.weight,
            transform(days.hours, (hour, i) -> cast(if(i = 0, 1, 0) as decimal(38, 18)))
        )), array_repeat(cast(null as decimal(38, 21)), size(days.hours))) as costs
    from days
    left join charges
        on days.usage_date = charges.usage_date and days.provider_resource_id = charges.provider_resource_id
        and days.idle_kind = charges.idle_kind and days.team_id <=> charges.team_id
        and days.model_id <=> charges.model_id and days.workload_id <=> charges.workload_id
),

parts as (
    select *, explode(arrays_zip(hours, costs)) as part from apportioned
)

select
    usage_date,
    part.hours.hour_start as hour_start,
    part.hours.cluster_id as cluster_id,
    part.hours.node_id as node_id,
    provider_resource_id,
    part.hours.accelerator_model as accelerator_model,
    idle_kind,
    team_id,
    model_id,
    workload_id,
    part.hours.idle_s as idle_s,
    billing_currency,
    part.costs as effective_cost
from parts
where part.hours.idle_s is null or part.hours.idle_s > 0 or part.costs <> 0
