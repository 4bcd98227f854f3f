{% import "macros/tracked_runs.sql" %}
with runs as (
    select
        *,
        coalesce(attempt_of, run_id) as shared_id,
        to_timestamp(created_at) as start,
        lower(state) as status,
        dense_rank() over (
            partition by _source_id, coalesce(attempt_of, run_id) order by to_timestamp(created_at) nulls last
        ) as start_no,
        -- a table on the screen of Weights & Biases mixes metrics and configuration; what is no number is no metric
        map_filter(coalesce(native, map()), (name, value) -> {{ is_number('value') }}) as numbers,
        map_filter(
            coalesce(summary, map()), (name, value) -> not startswith(name, '_') and left(value, 1) not in ('{', '[')
        ) as measured
    from {{ source('bronze.wandb_runs') }}
)

select
    _source_id as source_id,
    cast(null as date) as delivered_for,
    'wandb' as platform,
    shared_id as run_id,
    coalesce(
        {{ attempt_number('attempt') }},
        if(max(start_no) over (partition by _source_id, shared_id) > 1, start_no, null)
    ) as attempt,
    -- names of groups repeat between projects
    coalesce(sweep, project || '/' || run_group) as parent_run_id,
    coalesce(project, run_group) as experiment_id,
    run_name,
    {{ run_kind() }} as run_kind,
    model_id,
    model_version,
    user_name as user_id,
    start as started_at,
    if(
        status in ('running', 'pending'), null,
        coalesce(
            to_timestamp(heartbeat_at),
            start + make_dt_interval(0, 0, 0, try_cast(coalesce(to_money(runtime), to_money(summary['_runtime'])) as decimal(18, 6)))
        )
    ) as ended_at,
    state as outcome,
    -- telemetry.run_sources finds it by the outcome
    cast(null as string) as status,
    cast(null as boolean) as is_spot,
    cast(null as decimal(38, 9)) as billable_s,
    resource_id,
    {{ scheduler_of_run('scheduler', 'pod', 'job_id') }} as scheduler,
    cluster_id,
    {{ workload_of_run('namespace', 'pod', 'job_id') }} as workload_id,
    map_concat(map_filter(numbers, (name, value) -> measured[name] is null), measured) as metrics,
    {{ instants('checkpoints') }} as checkpoints,
    cast(array() as array<struct<started_at:timestamp, ended_at:timestamp>>) as interruptions,
    map_filter(
        map_concat(
            map_filter(coalesce(native, map()), (name, value) -> numbers[name] is null and name not in (
                'wandb_run_id', 'project', 'group', 'job_type', 'tags', 'problems'
            )),
            map(
                'wandb_run_id', if(shared_id <> run_id, run_id, null), 'project', project, 'group', run_group,
                'job_type', job_type, 'tags', tag_list, 'problems', {{ problems_of_run('cast(null as string)', 'checkpoints') }}
            )
        ),
        (name, value) -> value is not null
    ) as labels
from runs
left join {{ source('reference.use_kinds') }} as kinds on lower(runs.run_kind) = kinds.use_kind
