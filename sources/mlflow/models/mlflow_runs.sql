{% import "macros/tracked_runs.sql" %}
with runs as (
    select
        *,
        coalesce(attempt_of, run_id) as shared_id,
        to_timestamp(started_at) as start,
        row_number() over (
            partition by _source_id, coalesce(attempt_of, run_id) order by to_timestamp(started_at) nulls last, run_id
        ) as run_no
    from {{ source('bronze.mlflow_runs') }}
),

-- versions that a run registered; several versions of one model are the same result, so the newest counts
registered as (
    select
        _source_id,
        run_id,
        if(count(distinct model) = 1, max(model), null) as model,
        if(count(distinct model) = 1, cast(max(cast(to_money(version) as decimal(18, 0))) as string), null) as version,
        array_join(array_sort(collect_list(concat(model, ' ', version))), ', ') as versions
    from {{ source('bronze.mlflow_model_versions') }}
    where run_id is not null
    group by all
)

select
    runs._source_id as source_id,
    cast(null as date) as delivered_for,
    'mlflow' as platform,
    runs.shared_id as run_id,
    coalesce(
        {{ attempt_number('runs.attempt') }},
        if(count(*) over (partition by runs._source_id, runs.shared_id) > 1, runs.run_no, null)
    ) as attempt,
    -- a run of MLflow that is an attempt of its parent has none
    if(
        parents.shared_id = runs.shared_id and runs.run_id <> runs.parent_run_id, null,
        coalesce(parents.shared_id, runs.parent_run_id)
    ) as parent_run_id,
    coalesce(runs.experiment_name, runs.experiment_id) as experiment_id,
    coalesce(runs.run_name, runs.tags['mlflow.runName']) as run_name,
    {{ run_kind() }} as run_kind,
    coalesce(runs.model_id, registered.model) as model_id,
    if(
        runs.model_id is null or runs.model_id = registered.model,
        coalesce(runs.model_version, registered.version), runs.model_version
    ) as model_version,
    coalesce(runs.user_id, runs.tags['mlflow.user']) as user_id,
    runs.start as started_at,
    to_timestamp(runs.ended_at) as ended_at,
    runs.status as outcome,
    -- telemetry.run_sources finds it by the outcome
    cast(null as string) as status,
    cast(null as boolean) as is_spot,
    cast(null as decimal(38, 9)) as billable_s,
    runs.resource_id,
    {{ scheduler_of_run('runs.scheduler', 'runs.pod', 'runs.job_id') }} as scheduler,
    runs.cluster_id,
    {{ workload_of_run('runs.namespace', 'runs.pod', 'runs.job_id') }} as workload_id,
    coalesce(runs.metrics, map()) as metrics,
    {{ instants('runs.checkpoints') }} as checkpoints,
    cast(array() as array<struct<started_at:timestamp, ended_at:timestamp>>) as interruptions,
    map_filter(
        map_concat(
            map_filter(coalesce(runs.tags, map()), (name, value) -> name not in (
                'mlflow.runName', 'mlflow.user', 'mlflow.parentRunId', 'mlflow.note.content', 'mlflow.log-model.history',
                'mlflow_run_id', 'artifact_uri', 'lifecycle_stage', 'registered_versions', 'problems'
            )),
            map(
                'mlflow_run_id', if(runs.shared_id <> runs.run_id, runs.run_id, null), 'artifact_uri', runs.artifact_uri,
                'lifecycle_stage', runs.lifecycle_stage, 'registered_versions', registered.versions,
                'problems', {{ problems_of_run('runs.problems', 'runs.checkpoints') }}
            )
        ),
        (name, value) -> value is not null
    ) as labels
from runs
left join registered on runs._source_id = registered._source_id and runs.run_id = registered.run_id
left join runs as parents on runs._source_id = parents._source_id and runs.parent_run_id = parents.run_id
left join {{ source('reference.use_kinds') }} as kinds on lower(runs.run_kind) = kinds.use_kind
