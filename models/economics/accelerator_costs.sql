{% import "macros/arithmetic.sql" %}with costs as (
    select
        x_AllocationDate as usage_date, x_NodeId as provider_resource_id, x_WorkloadId as workload_id, x_TeamId as team_id,
        x_ModelId as model_id, BillingCurrency as billing_currency, sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    where x_NodeId is not null and x_CostKind = 'direct'
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

lines as (
    select
        held.usage_date, held.provider_resource_id, held.workload_id, held.team_id, held.model_id, costs.billing_currency,
        costs.effective_cost, held.accelerator_model, held.allocated_s, held.active_s, held.measured_s
    from held
    left join costs
        on held.usage_date = costs.usage_date and held.provider_resource_id = costs.provider_resource_id
        and held.workload_id = costs.workload_id and held.team_id <=> costs.team_id and held.model_id <=> costs.model_id
),

-- if a workload held accelerators of several models, its cost is split by the time for which it held each model
shared as (
    select
        usage_date, provider_resource_id, workload_id, team_id, model_id, billing_currency,
        max(effective_cost) as effective_cost,
        array_sort(collect_list(struct(accelerator_model, allocated_s, active_s, measured_s))) as parts
    from lines
    group by all
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
    cast(0 as decimal(38, 9)) as node_idle_s,
    try_element_at(
        apportion(effective_cost, transform(parts, each -> cast(each.allocated_s as decimal(38, 18)))), place + 1
    ) as effective_cost
from shared
lateral view posexplode(parts) as place, part
union all
select
    usage_date,
    provider_resource_id,
    null,
    team_id,
    model_id,
    accelerator_model,
    billing_currency,
    0,
    null,
    0,
    {{ known_sum("idle_s") }},
    sum(effective_cost)
from {{ ref('allocation.idle_hours') }}
where idle_kind = 'node_idle'
group by all
