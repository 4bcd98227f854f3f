with nodes as (
    select * from {{ ref('allocation.node_resources') }}
),

workloads as (
    select
        hour_start, provider_resource_id, workload_id, team_id, project_id, environment, model_id, rule_id,
        max(nullif(to_json(labels), '{}')) as tags,
        sum(coalesce(accelerator_s, 0)) as accelerator_s,
        max(coalesce(cpu_core_s, 0)) as cpu_core_s,
        max(coalesce(memory_gib_s, 0)) as memory_gib_s
    from {{ ref('allocation.workload_owners') }}
    group by
        hour_start, provider_resource_id, workload_id, team_id, project_id, environment, model_id, rule_id
),

claims as (
    select
        hour_start, provider_resource_id,
        sum(accelerator_s) as accelerator_s, sum(cpu_core_s) as cpu_core_s, sum(memory_gib_s) as memory_gib_s
    from workloads
    group by all
),

capacity as (
    select
        nodes.*,
        greatest(nodes.accelerator_s, coalesce(claims.accelerator_s, 0)) as accelerator_k,
        greatest(nodes.cpu_core_s, coalesce(claims.cpu_core_s, 0)) as cpu_k,
        greatest(nodes.memory_gib_s, coalesce(claims.memory_gib_s, 0)) as memory_k
    from nodes
    left join claims on nodes.hour_start = claims.hour_start and nodes.provider_resource_id = claims.provider_resource_id
),

held as (
    select
        capacity.usage_date, capacity.hour_start, capacity.provider_resource_id, capacity.method, capacity.up_s,
        capacity.idle_policy, capacity.idle_owner,
        workloads.workload_id, workloads.team_id, workloads.project_id, workloads.environment, workloads.model_id,
        workloads.rule_id, workloads.tags,
        cast(coalesce(cast(accelerator_share * cast(coalesce(try_divide(
            cast(workloads.accelerator_s as decimal(20, 9)), cast(accelerator_k as decimal(20, 9))), 0) as decimal(20, 18)) as decimal(20, 18)), 0)
        + coalesce(cast(cpu_share * cast(coalesce(try_divide(
            cast(workloads.cpu_core_s as decimal(20, 9)), cast(cpu_k as decimal(20, 9))), 0) as decimal(20, 18)) as decimal(20, 18)), 0)
        + coalesce(cast(memory_share * cast(coalesce(try_divide(
            cast(workloads.memory_gib_s as decimal(20, 9)), cast(memory_k as decimal(20, 9))), 0) as decimal(20, 18)) as decimal(20, 18)), 0)
            as decimal(20, 18)) as share
    from capacity
    inner join workloads
        on capacity.hour_start = workloads.hour_start
        and capacity.provider_resource_id = workloads.provider_resource_id
),

idle as (
    select
        capacity.usage_date, capacity.hour_start, capacity.provider_resource_id, capacity.method, capacity.up_s,
        capacity.idle_policy, capacity.idle_owner,
        cast(greatest(1 - coalesce(sum(held.share), 0), 0) as decimal(20, 18)) as idle_share,
        cast(coalesce(sum(held.share), 0) as decimal(20, 18)) as held_share,
        count(distinct held.team_id) as teams
    from capacity
    left join held
        on capacity.hour_start = held.hour_start and capacity.provider_resource_id = held.provider_resource_id
    group by all
),

receivers as (
    select
        usage_date, hour_start, provider_resource_id, method, up_s, concat(workload_id, '#direct') as receiver_id,
        team_id, project_id, environment, model_id, workload_id, rule_id, 'direct' as cost_kind, tags, share
    from held
    union all
    select
        held.usage_date, held.hour_start, held.provider_resource_id, held.method, held.up_s,
        concat(held.workload_id, '#idle') as receiver_id,
        held.team_id, held.project_id, held.environment, held.model_id, held.workload_id, held.rule_id,
        'idle' as cost_kind, held.tags,
        cast(idle.idle_share * if(
            held.idle_policy = 'even',
            cast(cast(1 as decimal(20, 18)) / (idle.teams * count(1) over (partition by held.hour_start, held.provider_resource_id, held.team_id))
                as decimal(20, 18)),
            cast(held.share / idle.held_share as decimal(20, 18))
        ) as decimal(20, 18)) as share
    from held
    inner join idle on held.hour_start = idle.hour_start and held.provider_resource_id = idle.provider_resource_id
    where held.idle_policy <> 'keep' and idle.held_share > 0
    union all
    select
        usage_date, hour_start, provider_resource_id, method, up_s, '~idle' as receiver_id,
        idle_owner, null, null, null, null, 'idle_owner', 'idle' as cost_kind, cast(null as string) as tags, idle_share
    from idle
    where idle_policy = 'keep' or held_share = 0
)

select
    usage_date, hour_start, provider_resource_id, method, receiver_id, team_id, project_id, environment, model_id,
    workload_id, rule_id, cost_kind, tags,
    cast(share * cast(up_s / 3600 as decimal(10, 9)) as decimal(38, 18)) as weight
from receivers
where share > 0
