with watches as (
    select *, max(watch) over (partition by cluster_id, hour_start) as last_watch from {{ source('ops.watched_hours') }}
)

select
    hour_start,
    cluster_id,
    scheduler,
    workload_id,
    workload_kind,
    run_id,
    team_id,
    project_id,
    accelerator_model,
    accelerator_s,
    accelerator_active_s,
    billing_currency,
    hourly_rate,
    priced_until,
    estimated_cost,
    true as is_estimated,
    watched_at
from watches
where watch = last_watch
