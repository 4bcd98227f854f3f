{% import "macros/arithmetic.sql" %}with nodes as (
    select *
    from (
        select
            *, max(coalesce(accelerator_s > 0, false) or accelerator_model is not null or coalesce(accelerator_share > 0, false)) over (
                partition by usage_date, provider_resource_id
            ) as has_accelerators
        from {{ ref('allocation.node_resources') }}
    )
    where has_accelerators
),

-- the idle cost of a machine in an hour is split over its idle accelerators; if none was idle, over all its accelerators
pools as (
    select
        *,
        case
            when sum(unclaimed_s) over machine_hour > 0 then unclaimed_s
            when sum(provided_s) over machine_hour > 0 then provided_s
            else 1
        end as weight_s
    from (
        select nodes.* except (accelerator_model), pools.accelerator_model, pools.unclaimed_s, pools.provided_s
        from nodes
        left join {{ ref('allocation.node_accelerators') }} as pools
            on nodes.hour_start = pools.hour_start and nodes.cluster_id = pools.cluster_id and nodes.node_id = pools.node_id
    )
    window machine_hour as (partition by hour_start, provider_resource_id)
),

weights as (
    select
        hour_start, provider_resource_id, if(cost_kind = 'idle', null, workload_id) as workload_id, team_id, model_id, cost_kind,
        sum(weight) as weight, sum(unused_weight) as unused_weight
    from {{ ref('allocation.node_weights') }}
    group by all
),

-- the parts into which the idle policy of a node splits its idle cost: each with its weight and its part of the idle
-- accelerator time
node_idle as (
    select
        pools.usage_date, pools.hour_start, pools.cluster_id, pools.node_id, pools.provider_resource_id,
        pools.accelerator_model, 'node_idle' as idle_kind, coalesce(weights.team_id, pools.idle_owner) as team_id,
        weights.model_id, cast(null as string) as workload_id,
        coalesce(in_proportion(pools.unclaimed_s, weights.weight, weights.all_weight), pools.unclaimed_s) as idle_s,
        in_proportion(weights.weight, pools.weight_s, sum(pools.weight_s) over weight_hour) as weight
    from pools
    left join (
        select *, sum(weight) over (partition by hour_start, provider_resource_id) as all_weight
        from weights
        where cost_kind = 'idle'
    ) as weights
        on pools.hour_start = weights.hour_start and pools.provider_resource_id = weights.provider_resource_id
    window weight_hour as (
        partition by pools.hour_start, pools.provider_resource_id, weights.team_id, weights.model_id
    )
),

workload_idle as (
    select
        nodes.usage_date, nodes.hour_start, nodes.cluster_id, nodes.node_id, nodes.provider_resource_id,
        coalesce(workloads.accelerator_model, nodes.accelerator_model) as accelerator_model, 'workload_idle' as idle_kind,
        workloads.team_id, workloads.model_id, workloads.workload_id,
        cast(sum(greatest(workloads.accelerator_s - workloads.accelerator_active_s, 0)) as decimal(38, 9)) as idle_s
    from nodes
    inner join {{ ref('allocation.workload_owners') }} as workloads
        on nodes.hour_start = workloads.hour_start and nodes.cluster_id = workloads.cluster_id
        and nodes.node_id = workloads.node_id
    where workloads.accelerator_s > 0 and workloads.accelerator_active_s is not null
    group by all
),

idle as (
    select * from node_idle
    union all
    select
        workload_idle.*,
        in_proportion(weights.unused_weight, idle_s, sum(idle_s) over (
            partition by workload_idle.hour_start, workload_idle.provider_resource_id, workload_idle.workload_id,
                workload_idle.team_id, workload_idle.model_id
        ))
    from workload_idle
    left join weights
        on weights.cost_kind = 'direct' and workload_idle.hour_start = weights.hour_start
        and workload_idle.provider_resource_id = weights.provider_resource_id
        and workload_idle.workload_id = weights.workload_id and workload_idle.team_id <=> weights.team_id
        and workload_idle.model_id <=> weights.model_id
)

select
    usage_date,
    hour_start,
    cluster_id,
    node_id,
    provider_resource_id,
    accelerator_model,
    idle_kind,
    team_id,
    model_id,
    workload_id,
    cast(idle_s as decimal(38, 9)) as idle_s,
    cast(weight as decimal(38, 18)) as weight
from idle
