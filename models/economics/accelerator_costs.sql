with costs as (
    select
        x_AllocationDate as usage_date, x_NodeId as provider_resource_id, x_CostKind = 'idle' as is_idle,
        if(x_CostKind = 'idle', null, x_WorkloadId) as workload_id, x_TeamId as team_id, x_ModelId as model_id,
        BillingCurrency as billing_currency, sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    where x_NodeId is not null
    group by all
),

held as (
    select
        usage_date, provider_resource_id, workload_id, team_id, model_id, accelerator_model,
        sum(accelerator_s) as allocated_s,
        sum(accelerator_active_s) as active_s,
        sum(if(accelerator_active_s is null, 0, accelerator_s)) as measured_s
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
    group by all
),

idle as (
    select
        usage_date, provider_resource_id, team_id, model_id, billing_currency, accelerator_model, sum(idle_s) as node_idle_s
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'node_idle'
    group by all
),

-- idle money of cores and memory alone: no accelerator stood idle, so it is for those that are there
bare as (
    select costs.*
    from costs
    left anti join idle
        on costs.usage_date = idle.usage_date and costs.provider_resource_id = idle.provider_resource_id
        and costs.team_id <=> idle.team_id and costs.model_id <=> idle.model_id
        and costs.billing_currency = idle.billing_currency
    where costs.is_idle
),

pools as (
    select
        usage_date, provider_resource_id, accelerator_model,
        if(sum(sum(provided_s)) over node > 0, sum(provided_s), 1) as weight_s
    from {{ ref('allocation.accelerator_pools') }}
    group by usage_date, provider_resource_id, accelerator_model
    window node as (partition by usage_date, provider_resource_id)
),

lines as (
    select
        held.usage_date, held.provider_resource_id, held.workload_id, held.team_id, held.model_id, costs.billing_currency,
        costs.effective_cost, held.accelerator_model, held.allocated_s as weight_s, held.allocated_s, held.active_s,
        held.measured_s, 0 as node_idle_s
    from held
    left join costs
        on held.usage_date = costs.usage_date and held.provider_resource_id = costs.provider_resource_id
        and held.workload_id = costs.workload_id and held.team_id <=> costs.team_id and held.model_id <=> costs.model_id
    union all
    select
        idle.usage_date, idle.provider_resource_id, null, idle.team_id, idle.model_id, idle.billing_currency,
        costs.effective_cost, idle.accelerator_model, idle.node_idle_s, 0, null, 0, idle.node_idle_s
    from idle
    left join costs
        on costs.is_idle and idle.usage_date = costs.usage_date and idle.provider_resource_id = costs.provider_resource_id
        and idle.team_id <=> costs.team_id and idle.model_id <=> costs.model_id
        and idle.billing_currency = costs.billing_currency
    union all
    select
        bare.usage_date, bare.provider_resource_id, null, bare.team_id, bare.model_id, bare.billing_currency,
        bare.effective_cost, pools.accelerator_model, pools.weight_s, 0, null, 0, 0
    from bare
    inner join pools on bare.usage_date = pools.usage_date and bare.provider_resource_id = pools.provider_resource_id
),

-- a cost that is for accelerators of several models is shared by the time of each
shared as (
    select
        usage_date, provider_resource_id, workload_id, team_id, model_id, billing_currency,
        max(effective_cost) as effective_cost,
        array_sort(collect_list(struct(accelerator_model, weight_s, allocated_s, active_s, measured_s, node_idle_s))) as parts
    from lines
    group by usage_date, provider_resource_id, workload_id, team_id, model_id, billing_currency
)

select
    usage_date,
    provider_resource_id,
    workload_id,
    team_id,
    model_id,
    part.accelerator_model,
    billing_currency,
    cast(part.allocated_s as decimal(38, 9)) as allocated_s,
    cast(part.active_s as decimal(38, 9)) as active_s,
    cast(part.measured_s as decimal(38, 9)) as measured_s,
    cast(part.node_idle_s as decimal(38, 9)) as node_idle_s,
    try_element_at(
        settle(effective_cost, transform(parts, each -> cast(each.weight_s as decimal(38, 18)))), place + 1
    ) as effective_cost
from shared
lateral view posexplode(parts) as place, part
