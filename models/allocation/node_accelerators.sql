with nodes as (
    select *, coalesce(accelerator_model, '') as main_model from {{ ref('allocation.node_resources') }}
),

pools as (
    select
        usage_date, hour_start, cluster_id, node_id, provider_resource_id, accelerator_model as main_model,
        accelerator_s, explode_outer(accelerator_pools) as (pool, pool_s)
    from nodes
    where accelerator_s > 0 or accelerator_model is not null or accelerator_share > 0
),

claims as (
    select
        nodes.hour_start, nodes.cluster_id, nodes.node_id,
        case
            when map_contains_key(accelerator_pools, coalesce(workloads.accelerator_model, ''))
                then coalesce(workloads.accelerator_model, '')
            when map_contains_key(accelerator_pools, main_model) then main_model
            else map_keys(accelerator_pools)[0]
        end as pool,
        sum(workloads.accelerator_s) as claimed_s
    from nodes
    inner join {{ ref('allocation.workload_owners') }} as workloads
        on nodes.hour_start = workloads.hour_start and nodes.cluster_id = workloads.cluster_id
        and nodes.node_id = workloads.node_id
    where nodes.accelerator_s > 0 and workloads.accelerator_s > 0
    group by all
),

-- if workloads request more accelerators of a model than the node has, the workloads may use free accelerators of other
-- models instead, which therefore do not count as idle
free as (
    select
        pools.*,
        greatest(pool_s - coalesce(claimed_s, 0), 0) as free_s,
        sum(greatest(pool_s - coalesce(claimed_s, 0), 0)) over node_hour as all_free_s,
        sum(greatest(coalesce(claimed_s, 0) - pool_s, 0)) over node_hour as beyond_s
    from pools
    left join claims
        on pools.hour_start = claims.hour_start and pools.cluster_id = claims.cluster_id
        and pools.node_id = claims.node_id and pools.pool = claims.pool
    window node_hour as (partition by pools.hour_start, pools.cluster_id, pools.node_id)
)

select
    usage_date,
    hour_start,
    cluster_id,
    node_id,
    provider_resource_id,
    coalesce(nullif(pool, ''), main_model) as accelerator_model,
    cast(coalesce(pool_s, accelerator_s) as decimal(38, 9)) as provided_s,
    cast(case
        when pool_s is null then accelerator_s
        when beyond_s = 0 then free_s
        else coalesce(in_proportion(greatest(all_free_s - beyond_s, 0), free_s, all_free_s), 0)
    end as decimal(38, 9)) as unclaimed_s
from free
