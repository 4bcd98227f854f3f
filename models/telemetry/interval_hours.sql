{% import "macros/intervals.sql" %}with ended as (
    select
        *,
        coalesce(host_names(node_list), array(cast(null as string))) as node_ids
    from {{ ref('telemetry.intervals') }}
    where ended_at > started_at and ended_at <= started_at + interval 400 days
),

-- an interval that ends at a full hour has no part of the hour that begins then
hours as (
    select
        *,
        explode(sequence(
            date_trunc('hour', started_at),
            date_trunc('hour', ended_at - interval 1 microsecond),
            interval 1 hour
        )) as hour_start
    from ended
),

measured as (
    select *, {{ seconds_within("started_at", "ended_at", "hour_start") }} as held_s
    from hours
),

totals as (
    select
        *,
        size(node_ids) as nodes,
        cast(accelerators * held_s as decimal(30, 9)) as accelerator_s,
        cast(cpu_cores * held_s as decimal(30, 9)) as cpu_core_s,
        cast(memory_bytes * held_s as decimal(30, 9)) as memory_byte_s
    from measured
),

on_nodes as (
    select *, posexplode(node_ids) as (node_no, node_id)
    from totals
)

select
    cast(hour_start as date) as usage_date,
    hour_start,
    scheduler,
    cluster_id,
    node_id,
    workload_id,
    run_id,
    attempt,
    workload_kind,
    namespace,
    accelerator_model,
    cast(held_s as decimal(38, 9)) as held_s,
    {{ node_share("accelerator_s", "node_no", "nodes") }} as accelerator_s,
    {{ node_share("cpu_core_s", "node_no", "nodes") }} as cpu_core_s,
    {{ node_share("memory_byte_s", "node_no", "nodes") }} as memory_byte_s,
    labels,
    greatest(started_at, hour_start) as held_from,
    least(ended_at, hour_start + interval 1 hour) as held_until
from on_nodes
