{% import "macros/arithmetic.sql" %}with costs as (
    select
        x_AllocationDate as usage_date, x_NodeId as provider_resource_id, x_WorkloadId as workload_id, x_TeamId as team_id,
        x_ModelId as model_id, BillingCurrency as billing_currency, accelerator_model, sum(EffectiveCost) as effective_cost
    from {{ ref('economics.held_charges') }}
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
)

select
    held.usage_date,
    held.provider_resource_id,
    held.workload_id,
    held.team_id,
    held.model_id,
    held.accelerator_model,
    costs.billing_currency,
    cast(held.allocated_s as decimal(38, 9)) as allocated_s,
    cast(held.active_s as decimal(38, 9)) as active_s,
    cast(held.measured_s as decimal(38, 9)) as measured_s,
    cast(0 as decimal(38, 9)) as node_idle_s,
    cast(costs.effective_cost as decimal(38, 21)) as effective_cost
from held
left join costs
    on held.usage_date = costs.usage_date and held.provider_resource_id = costs.provider_resource_id
    and held.workload_id = costs.workload_id and held.team_id <=> costs.team_id and held.model_id <=> costs.model_id
    and held.accelerator_model <=> costs.accelerator_model
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
    cast(sum(effective_cost) as decimal(38, 21))
from {{ ref('allocation.idle_hours') }}
where idle_kind = 'node_idle'
group by all
