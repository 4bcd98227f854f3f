{% import "macros/arithmetic.sql" %}with nodes as (
    select * from {{ ref('allocation.node_resources') }} where accelerator_s > 0
),

workloads as (
    select * from {{ ref('allocation.workload_owners') }} where accelerator_s > 0
),

charges as (
    select
        x_NodeId as provider_resource_id, x_AllocationDate as usage_date,
        BillingCurrency as billing_currency, sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    where x_NodeId is not null
    group by all
),

rates as (
    select
        charges.provider_resource_id, charges.usage_date, charges.billing_currency,
        {{ divided("charges.effective_cost", "capacity.accelerator_s") }}
            as cost_per_s
    from charges
    inner join (
        select provider_resource_id, usage_date, sum(accelerator_s) as accelerator_s from nodes group by all
    ) as capacity
        on charges.provider_resource_id = capacity.provider_resource_id and charges.usage_date = capacity.usage_date
),

-- who the policy of the node gives its idle cost to, each with its part of it
receivers as (
    select
        hour_start, provider_resource_id, team_id, model_id,
        {{ divided("sum(weight)", "sum(sum(weight)) over node_hour", 18) }}
            as part
    from {{ ref('allocation.node_receivers') }}
    where cost_kind = 'idle'
    group by hour_start, provider_resource_id, team_id, model_id
    window node_hour as (
        partition by hour_start, provider_resource_id rows between unbounded preceding and unbounded following
    )
),

idle as (
    select
        nodes.usage_date, nodes.hour_start, nodes.cluster_id, nodes.node_id, nodes.provider_resource_id,
        pools.accelerator_model, 'node_idle' as idle_kind, coalesce(receivers.team_id, nodes.idle_owner) as team_id,
        receivers.model_id, cast(null as string) as workload_id,
        pools.unclaimed_s * coalesce(receivers.part, 1) as idle_s
    from nodes
    inner join {{ ref('allocation.accelerator_pools') }} as pools
        on nodes.hour_start = pools.hour_start and nodes.cluster_id = pools.cluster_id and nodes.node_id = pools.node_id
    left join receivers
        on nodes.hour_start = receivers.hour_start and nodes.provider_resource_id = receivers.provider_resource_id
    union all
    select
        nodes.usage_date, nodes.hour_start, nodes.cluster_id, nodes.node_id, nodes.provider_resource_id,
        coalesce(workloads.accelerator_model, nodes.accelerator_model), 'workload_idle', workloads.team_id,
        workloads.model_id, workloads.workload_id,
        greatest(workloads.accelerator_s - workloads.accelerator_active_s, 0)
    from nodes
    inner join workloads
        on nodes.hour_start = workloads.hour_start and nodes.cluster_id = workloads.cluster_id
        and nodes.node_id = workloads.node_id
    where workloads.accelerator_active_s is not null
)

select
    idle.usage_date,
    idle.hour_start,
    idle.cluster_id,
    idle.node_id,
    idle.provider_resource_id,
    idle.accelerator_model,
    idle.idle_kind,
    idle.team_id,
    idle.model_id,
    idle.workload_id,
    cast(idle.idle_s as decimal(38, 9)) as idle_s,
    rates.billing_currency,
    {{ multiplied("rates.cost_per_s", "idle.idle_s") }} as effective_cost
from idle
left join rates on idle.provider_resource_id = rates.provider_resource_id and idle.usage_date = rates.usage_date
where idle.idle_s > 0
