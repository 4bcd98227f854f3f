{% import "macros/arithmetic.sql" %}
{# What a workload gets of a resource's share: the share times the requested or used amount divided by the capacity;
   0 if the node lacks the resource. #}
{% macro share_of_workload(share, asked, capacity) %}coalesce(cast({{ multiplied(share, divided(asked, capacity, 18), 18) }} as decimal(20, 18)), 0){% endmacro %}
with workloads as (
    select
        hour_start, cluster_id, node_id, workload_id, team_id, project_id, environment, model_id, rule_id,
        max(nullif(to_json(labels), '{}')) as tags,
        sum(coalesce(accelerator_s, 0)) as asked_accelerator_s,
        sum(if(accelerator_active_s is null, null, greatest(accelerator_s - accelerator_active_s, 0))) as unused_accelerator_s,
        max(coalesce(cpu_core_s, 0)) as asked_cpu_core_s,
        max(coalesce(memory_gib_s, 0)) as asked_memory_gib_s
    from {{ ref('allocation.workload_owners') }}
    group by all
),

-- a node without workloads gets one row
held as (
    select
        nodes.usage_date, nodes.hour_start, nodes.provider_resource_id, nodes.cluster_id, nodes.node_id, nodes.method,
        nodes.up_s, nodes.idle_policy, nodes.idle_owner, coalesce(nodes.is_of_known_size, true) as is_of_known_size,
        nodes.accelerator_share, nodes.cpu_share, nodes.memory_share,
        workloads.hour_start is not null as is_held,
        workloads.workload_id, workloads.team_id, workloads.project_id, workloads.environment, workloads.model_id,
        workloads.rule_id, workloads.tags, asked_accelerator_s, unused_accelerator_s, asked_cpu_core_s, asked_memory_gib_s,
        greatest(nodes.accelerator_s, coalesce(sum(asked_accelerator_s) over node_hour, 0)) as accelerator_k,
        greatest(nodes.cpu_core_s, coalesce(sum(asked_cpu_core_s) over node_hour, 0)) as cpu_k,
        greatest(nodes.memory_gib_s, coalesce(sum(asked_memory_gib_s) over node_hour, 0)) as memory_k,
        row_number() over (
            partition by nodes.hour_start, nodes.cluster_id, nodes.node_id
            order by workloads.workload_id, workloads.team_id
        ) as position
    from {{ ref('allocation.node_resources') }} as nodes
    left join workloads
        on nodes.hour_start = workloads.hour_start and nodes.cluster_id = workloads.cluster_id
        and nodes.node_id = workloads.node_id
    window node_hour as (partition by nodes.hour_start, nodes.cluster_id, nodes.node_id)
),

asked as (
    select *, {{ share_of_workload("accelerator_share", "asked_accelerator_s", "accelerator_k") }} as asked_accelerator_share from held
),

shares as (
    select
        *,
        cast(asked_accelerator_share
            + {{ share_of_workload("cpu_share", "asked_cpu_core_s", "cpu_k") }}
            + {{ share_of_workload("memory_share", "asked_memory_gib_s", "memory_k") }} as decimal(20, 18)) as share,
        if(unused_accelerator_s is null, null, {{ share_of_workload("accelerator_share", "unused_accelerator_s", "accelerator_k") }}) as unused_share
    from asked
),

totals as (
    select
        *,
        cast(sum(share) over node_hour as decimal(20, 18)) as held_share,
        cast(if(is_of_known_size, greatest(1 - sum(share) over node_hour, 0), 0) as decimal(20, 18)) as idle_share,
        greatest(accelerator_share - cast(sum(asked_accelerator_share) over node_hour as decimal(20, 18)), 0) as free_share,
        size(collect_set(team_id) over node_hour) as teams,
        count(1) over (partition by hour_start, cluster_id, node_id, team_id) as workloads_of_team
    from shares
    window node_hour as (partition by hour_start, cluster_id, node_id)
),

borne_shares as (
    select
        *,
        explode(array_compact(array(
            if(is_held, struct('direct' as kind, share), null),
            if(is_held and idle_policy <> 'keep' and held_share > 0, struct('idle' as kind, cast(if(
                idle_policy = 'even',
                {{ divided("idle_share", "teams * workloads_of_team", 18) }},
                {{ divided(multiplied("idle_share", "share", 36), "held_share", 18) }}
            ) as decimal(20, 18)) as share), null),
            if(position = 1 and (idle_policy = 'keep' or held_share = 0), struct('owner' as kind, idle_share as share), null)
        ))) as borne
    from totals
),

weighed as (
    select
        usage_date, hour_start, provider_resource_id, method,
        if(borne.kind = 'owner', '~idle', concat(workload_id, '#', borne.kind)) as share_id,
        if(borne.kind = 'owner', idle_owner, team_id) as team_id,
        if(borne.kind = 'owner', null, project_id) as project_id,
        if(borne.kind = 'owner', null, environment) as environment,
        if(borne.kind = 'owner', null, model_id) as model_id,
        if(borne.kind = 'owner', null, workload_id) as workload_id,
        if(borne.kind = 'owner', 'idle_owner', rule_id) as rule_id,
        if(borne.kind = 'direct', 'direct', 'idle') as cost_kind,
        if(borne.kind = 'owner', null, tags) as tags,
        {{ multiplied("borne.share", divided("up_s", "3600", 18), 18) }} as weight,
        case
            when borne.kind = 'direct' then {{ multiplied("unused_share", divided("up_s", "3600", 18), 18) }}
            when accelerator_share > 0 then {{ multiplied(
                divided(multiplied("borne.share", "least(free_share, idle_share)", 36), "idle_share", 18), divided("up_s", "3600", 18), 18
            ) }}
        end as unused_weight
    from borne_shares
    where borne.share > 0
)

-- one machine on the bill may have had two node names in the same hour
select
    usage_date, hour_start, provider_resource_id, max(method) as method, share_id, team_id, project_id, environment,
    model_id, workload_id, rule_id, cost_kind, max(tags) as tags, sum(weight) as weight, sum(unused_weight) as unused_weight
from weighed
group by all
