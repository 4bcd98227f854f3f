{% import "macros/tracked_runs.sql" %}
with runs as (
    select
        *,
        to_timestamp(started_at) as start,
        dense_rank() over (partition by _source_id, run_id order by to_timestamp(started_at) nulls last) as start_no
    from {{ source('bronze.listed_runs') }}
)

select
    _source_id as source_id,
    cast(null as date) as delivered_for,
    'csv' as platform,
    run_id,
    coalesce(
        {{ attempt_number('attempt') }},
        if(max(start_no) over (partition by _source_id, run_id) > 1, start_no, null)
    ) as attempt,
    parent_run_id,
    experiment_id,
    run_name,
    {{ run_kind() }} as run_kind,
    model_id,
    model_version,
    user_id,
    start as started_at,
    to_timestamp(ended_at) as ended_at,
    outcome,
    -- telemetry.run_sources finds it by the outcome
    cast(null as string) as status,
    try_cast(is_spot as boolean) as is_spot,
    cast(to_money(billable_s) as decimal(38, 9)) as billable_s,
    resource_id,
    coalesce(lower(scheduler), if(contains(workload_id, '/'), 'kubernetes', null)) as scheduler,
    cluster_id,
    workload_id,
    coalesce(metrics, map()) as metrics,
    {{ instants('checkpoints') }} as checkpoints,
    cast(array() as array<struct<started_at:timestamp, ended_at:timestamp>>) as interruptions,
    map_filter(
        map_concat(
            map_filter(coalesce(native, map()), (name, value) -> name <> 'problems'),
            map('problems', {{ problems_of_run('cast(null as string)', 'checkpoints') }})
        ),
        (name, value) -> value is not null
    ) as labels
from runs
left join {{ source('reference.use_kinds') }} as kinds on lower(runs.run_kind) = kinds.use_kind
