with records as (
    {{ every_interval() }}
),

-- of a record that several deliveries contain, the newest that has an end counts
ranked as (
    select
        *,
        row_number() over (
            partition by
                scheduler, cluster_id, workload_id, run_id,
                coalesce(cast(attempt as string), cast(started_at as string))
            order by
                ended_at is null, delivered_for desc, ended_at desc, source_id, node_list, namespace, accelerators,
                cpu_cores, memory_bytes, accelerator_model
        ) as copy_no
    from records
)

-- attempts without a number follow the numbers that the source gave
select
    source_id,
    delivered_for,
    scheduler,
    cluster_id,
    workload_id,
    run_id,
    coalesce(
        attempt,
        coalesce(max(attempt) over run, 0) + row_number() over (
            partition by scheduler, cluster_id, workload_id, run_id, attempt is null order by started_at
        )
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
window run as (partition by scheduler, cluster_id, workload_id, run_id)
