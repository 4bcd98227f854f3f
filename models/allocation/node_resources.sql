{% import "macros/arithmetic.sql" %}
{# The weight of a resource in the cost of a node. What a node of jobs neither has nor had held has none, even by fixed shares. #}
{% macro weight(amount, weight) %}if(
            coalesce(weights.of, raise_error(concat('reference/node_split.csv has no row for the method ', methods.method))) = 'node',
            if(is_of_jobs and {{ amount }} = 0, 0, {{ weight }}), {{ multiplied(amount, weight) }}
        ){% endmacro %}
with nodes as (
    select
        usage_date, hour_start, cluster_id, node_id, provider_resource_id, instance_type, labels, accelerator_model, up_s,
        accelerator_capacity_s as accelerator_s,
        cast(null as decimal(38, 9)) as accelerator_held_s,
        coalesce(cpu_capacity_core_s, 0) as cpu_core_s,
        {{ gib("coalesce(memory_capacity_byte_s, 0)") }} as memory_gib_s,
        true as is_of_known_size,
        false as is_of_jobs
    from {{ ref('telemetry.node_hours') }}
    where provider_resource_id is not null
    union all
    -- what is not known of the size of a node of jobs is what they held
    select
        usage_date, hour_start, cluster_id, node_id, provider_resource_id, null, null, accelerator_model, up_s,
        accelerator_capacity_s,
        accelerator_held_s,
        coalesce(cpu_capacity_core_s, cpu_held_core_s, 0),
        {{ gib("coalesce(memory_capacity_byte_s, memory_held_byte_s, 0)") }},
        is_of_known_size,
        true
    from {{ ref('allocation.job_nodes') }}
    where {{ has_intervals() }} and provider_resource_id is not null
),

-- the slices of a device together count as one device
devices as (
    select hour_start, cluster_id, node_id, accelerator_model, sum(provisioned_s) as seen_s
    from (
        select
            hour_start, cluster_id, node_id, accelerator_model, part_of(accelerator_id, '/', 1) as device_id,
            max(provisioned_s) as provisioned_s
        from {{ ref('telemetry.accelerator_hours') }}
        where accelerator_model is not null and scheduler = 'kubernetes'
        group by all
    )
    group by all
),

seen as (
    select
        hour_start, cluster_id, node_id, sum(seen_s) as all_s,
        array_sort(collect_list(struct(accelerator_model, seen_s))) as by_model
    from devices
    group by all
),

pooled as (
    select
        nodes.*,
        case
            when accelerator_s = 0 then map()
            when accelerator_s is null then null
            when seen.by_model is null then map(coalesce(accelerator_model, ''), cast(accelerator_s as decimal(38, 9)))
            else map_from_entries(transform(seen.by_model, pool -> struct(
                pool.accelerator_model, cast(in_proportion(accelerator_s, pool.seen_s, seen.all_s) as decimal(38, 9)))))
        end as accelerator_pools
    from nodes
    left join seen
        on nodes.hour_start = seen.hour_start and nodes.cluster_id = seen.cluster_id and nodes.node_id = seen.node_id
),

grouped as (
    select
        pooled.*,
        try_element_at(node_groups, first_rule(node_group_conditions, usage_date, map_concat(
            map_filter(coalesce(labels, map()), (label, value) -> label not in ('cluster', 'instance_type')),
            map('cluster', cluster_id, 'instance_type', instance_type)
        ))) as chosen
    from pooled
    cross join {{ ref('allocation.rule_book') }}
),

-- a node whose accelerators were not counted is split by fixed shares, because the other methods need the number of
-- accelerators
methods as (
    select
        *,
        coalesce(accelerator_s, accelerator_held_s) as weighed_accelerator_s,
        chosen.group_id, chosen.idle_policy, chosen.idle_owner,
        if(coalesce(accelerator_s, accelerator_held_s) is null and accelerator_model is not null, 'fixed', chosen.method) as method,
        coalesce(accelerator_s > 0, accelerator_held_s > 0, accelerator_model is not null) as has_accelerators
    from grouped
    where chosen is not null and up_s > 0
),

-- in reference.node_split, a row with of = 'node' has the shares of the cost of a node; a row with of = 'unit' has the
-- weights of one second of an accelerator, a core and a GiB
weighted as (
    select
        methods.*,
        {{ weight("coalesce(weighed_accelerator_s, 0)", "weights.accelerator") }} as accelerator_weight,
        {{ weight("cpu_core_s", "weights.cpu") }} as cpu_weight,
        {{ weight("memory_gib_s", "weights.memory") }} as memory_weight
    from methods
    left join {{ source('reference.node_split') }} as weights
        on methods.method = weights.method and methods.has_accelerators = weights.has_accelerators
)

select
    usage_date, hour_start, cluster_id, node_id, provider_resource_id, accelerator_model,
    group_id, method, idle_policy, idle_owner, is_of_known_size, up_s, accelerator_s, accelerator_pools, cpu_core_s, memory_gib_s,
    cast({{ divided("accelerator_weight", "total", 18) }} as decimal(20, 18)) as accelerator_share,
    cast({{ divided("cpu_weight", "total", 18) }} as decimal(20, 18)) as cpu_share,
    cast({{ divided("memory_weight", "total", 18) }} as decimal(20, 18)) as memory_share
from (select *, plus(plus(accelerator_weight, cpu_weight), memory_weight) as total from weighted)
where total > 0
