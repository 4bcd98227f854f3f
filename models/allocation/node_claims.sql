with workloads as (
    select * from {{ ref('allocation.workload_owners') }}
),

-- accelerators that the node is not known to have are taken for those it has most of
pooled as (
    select
        workloads.*,
        nodes.accelerator_s as node_accelerator_s,
        nodes.accelerator_pools,
        coalesce(if(
            map_contains_key(nodes.accelerator_pools, coalesce(workloads.accelerator_model, '')),
            workloads.accelerator_model,
            nodes.accelerator_model
        ), '') as pool
    from workloads
    inner join {{ ref('allocation.node_resources') }} as nodes
        on workloads.hour_start = nodes.hour_start and workloads.provider_resource_id = nodes.provider_resource_id
),

claimed as (
    select
        *,
        try_element_at(accelerator_pools, pool) as pool_s,
        sum(coalesce(accelerator_s, 0)) over (partition by hour_start, provider_resource_id, pool) as claimed_s
    from pooled
)

select
    usage_date, hour_start, provider_resource_id, workload_id, team_id, project_id, environment, model_id, rule_id, labels,
    pool, cast(accelerator_s as decimal(38, 9)) as accelerator_s, accelerator_active_s,
    cast(claimed_s as decimal(38, 9)) as pool_claimed_s,
    cast(cast(coalesce(try_divide(
        cast(accelerator_s as decimal(20, 9)), cast(greatest(pool_s, claimed_s) as decimal(20, 9))
    ), 0) as decimal(20, 18)) * cast(coalesce(try_divide(
        cast(pool_s as decimal(20, 9)), cast(node_accelerator_s as decimal(20, 9))
    ), 0) as decimal(20, 18)) as decimal(20, 18)) as accelerator_part,
    cpu_core_s,
    memory_gib_s
from claimed
