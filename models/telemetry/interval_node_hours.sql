with jobs as (
    select
        *,
        unix_micros(held_from) as held_from_us,
        unix_micros(held_from) + cast(held_s * 1000000 as bigint) as held_to_us
    from {{ ref('telemetry.interval_hours') }}
    where node_id is not null
),

-- the time for which a job held the node, without the time for which one that began before held it too
ordered as (
    select
        *,
        greatest(0, held_to_us - greatest(held_from_us, coalesce(max(held_to_us) over earlier, held_from_us))) as further_us
    from jobs
    window earlier as (
        partition by hour_start, scheduler, cluster_id, node_id order by held_from_us
        rows between unbounded preceding and 1 preceding
    )
)

select
    usage_date,
    hour_start,
    scheduler,
    cluster_id,
    node_id,
    max(struct(coalesce(accelerator_s, 0) as accelerator_s, accelerator_model)).accelerator_model as accelerator_model,
    cast(sum(further_us) * 0.000001bd as decimal(38, 9)) as busy_s,
    cast(sum(accelerator_s) as decimal(38, 9)) as accelerator_held_s,
    cast(sum(cpu_core_s) as decimal(38, 9)) as cpu_held_core_s,
    cast(sum(memory_byte_s) as decimal(38, 9)) as memory_held_byte_s
from ordered
group by all
