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
            transform(days.hours, (hour, position) -> cast(if(position = 0, 1, 0) as decimal(38, 18)))
        )), array_repeat(cast(null as decimal(38, 21)), size(days.hours))) as costs
    from days
    left join charges
        on days.usage_date = charges.usage_date and days.provider_resource_id = charges.provider_resource_id
        and days.idle_kind = charges.idle_kind and days.team_id <=> charges.team_id
        and days.model_id <=> charges.model_id and days.workload_id <=> charges.workload_id
),

hourly_costs as (
    select *, explode(arrays_zip(hours, costs)) as hourly from apportioned
)

select
    usage_date,
    hourly.hours.hour_start as hour_start,
    hourly.hours.cluster_id as cluster_id,
    hourly.hours.node_id as node_id,
    provider_resource_id,
    hourly.hours.accelerator_model as accelerator_model,
    idle_kind,
    team_id,
    model_id,
    workload_id,
    hourly.hours.idle_s as idle_s,
    billing_currency,
    hourly.costs as effective_cost
from hourly_costs
where hourly.hours.idle_s is null or hourly.hours.idle_s > 0 or hourly.costs <> 0
