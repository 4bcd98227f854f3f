with records as (
    {{ every_interval() }}
),

-- a record that several deliveries contain counts once
ranked as (
    select
        *,
        row_number() over (
            partition by scheduler, cluster_id, workload_id, run_id, started_at
            order by ended_at desc nulls last, source_id
        ) as copy_no
    from records
)

select
    source_id,
    scheduler,
    cluster_id,
    workload_id,
    run_id,
    coalesce(
        attempt,
        row_number() over (partition by scheduler, cluster_id, workload_id, run_id order by started_at)
    ) as attempt,
    workload_kind,
    namespace,
    started_at,
    ended_at,
    outcome,
    node_list,
    accelerator_model,
    accelerators,
    cpu_cores,
    memory_bytes,
    labels
from ranked
where copy_no = 1
