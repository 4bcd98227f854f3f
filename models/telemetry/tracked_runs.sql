with records as (
    {{ every_run() }}
),

-- of a record that several deliveries of a source contain, the newest counts
ranked as (
    select
        *,
        row_number() over (
            partition by source_id, platform, run_id, attempt
            order by
                delivered_for desc nulls last, ended_at desc nulls last, started_at desc nulls last,
                outcome, workload_id, resource_id, run_name, parent_run_id, model_id, model_version,
                to_json(array_sort(map_entries(metrics))), to_json(array_sort(map_entries(labels)))
        ) as copy_no
    from records
)

select
    source_id,
    delivered_for,
    platform,
    run_id,
    attempt,
    parent_run_id,
    experiment_id,
    run_name,
    run_kind,
    model_id,
    model_version,
    user_id,
    started_at,
    ended_at,
    outcome,
    status,
    is_spot,
    billable_s,
    resource_id,
    scheduler,
    cluster_id,
    workload_id,
    metrics,
    checkpoints,
    interruptions,
    labels
from ranked
where copy_no = 1
