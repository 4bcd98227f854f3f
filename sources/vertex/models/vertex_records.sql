{% import "sources/vertex/macros/vertex.sql" %}{% import "macros/last_values.sql" %}{% import "macros/runs.sql" %}
with kinds as (
    select
        *,
        case regexp_extract(name, '/([a-zA-Z]+)/[^/]+$', 1)
            when 'customJobs' then 'training'
            when 'hyperparameterTuningJobs' then 'tuning'
            when 'trainingPipelines' then 'pipeline'
            when 'endpoints' then 'endpoint'
            when 'notebookRuntimes' then 'notebook'
            when 'instances' then 'notebook'
            when 'nodes' then 'tpu'
        end as record_kind,
        coalesce(state, runtime_state) as delivered_status,
        from_json(
            coalesce(job_spec, trial_job_spec),
            'workerPoolSpecs array<struct<machineSpec: {{ machine_spec() }}, replicaCount: string>>, scheduling struct<strategy: string>,
             experiment string, experimentRun string, serviceAccount string'
        ) as spec,
        from_json(
            trials,
            'array<struct<id: string, state: string, startTime: string, endTime: string, customJob: string,
             finalMeasurement: struct<metrics: array<struct<metricId: string, value: string>>>>>'
        ) as all_trials,
        from_json(study_spec, 'metrics array<struct<metricId: string, goal: string>>').metrics[0] as objective,
        from_json(
            deployed_models,
            'array<struct<id: string, model: string, createTime: string,
             dedicatedResources: struct<machineSpec: {{ machine_spec() }}, minReplicaCount: string, maxReplicaCount: string>>>'
        ) as models,
        from_json(accelerator_config, 'type string, topology string') as tpu,
        from_json(scheduling_config, 'preemptible boolean, spot boolean') as tpu_scheduling
    from {{ source('bronze.vertex_resources') }}
),

parsed as (
    select
        kinds.*,
        states.status,
        get_json_object(training_task_metadata, '$.backingCustomJob') as backing_job,
        concat_ws(',', spec.workerPoolSpecs.machineSpec.machineType) as machine_types,
        spec.experimentRun as experiment_run,
        spec.scheduling.strategy as strategy,
        array_sort(transform(
            filter(
                flatten(transform(all_trials, one -> one.finalMeasurement.metrics)),
                one -> one.metricId = objective.metricId and {{ measured("one.value") }} is not null
            ),
            one -> struct({{ measured("one.value") }} as number, one.value as text)
        )) as values
    from kinds
    left join {{ source('reference.run_statuses') }} as states on {{ status_word("delivered_status") }} = states.word
)

select
    _source_id as source_id,
    _billing_period as delivered_for,
    _source_file as source_file,
    _row as source_row,
    record_kind,
    name as resource_name,
    regexp_extract(name, '([^/]+)$', 1) as short_id,
    coalesce(display_name, regexp_extract(name, '([^/]+)$', 1)) as record_name,
    nullif(regexp_replace(regexp_extract(name, '^projects/([^/]+/locations/[^/]+)/', 1), '/locations/', '/'), '') as cluster_id,
    delivered_status,
    status,
    to_timestamp(create_time) as created_at,
    to_timestamp(observed_at) as observed_at,
    to_timestamp(if(record_kind in ('training', 'tuning', 'pipeline'), start_time, create_time)) as started_at,
    coalesce(
        to_timestamp(end_time),
        if(record_kind in ('endpoint', 'tpu') or status = 'running', null, to_timestamp(update_time))
    ) as ended_at,
    regexp_extract(spec.experiment, '([^/]+)$', 1) as experiment_name,
    coalesce(runtime_user, creator, spec.serviceAccount) as user_id,
    get_json_object(model_to_upload, '$.displayName') as model_name,
    case
        when record_kind = 'tpu' then coalesce(tpu_scheduling.spot, false) or coalesce(tpu_scheduling.preemptible, false)
        when spec is not null then coalesce(spec.scheduling.strategy = 'SPOT', false)
    end as is_spot,
    case
        when record_kind = 'tpu' then array(struct(
            cast(null as string) as machine_type,
            part_of(accelerator_type, '-', 1) as accelerator_type,
            cast({{ chips("tpu.topology") }} as decimal(18, 3)) as accelerators,
            cast(null as decimal(18, 3)) as cpu_cores,
            cast(1 as decimal(18, 3)) as replicas
        ))
        else coalesce(transform(
            filter(spec.workerPoolSpecs, one -> one.machineSpec is not null),
            one -> {{ pool("one.machineSpec", "one.replicaCount") }}
        ), array())
    end as pools,
    coalesce(transform(models, one -> struct(
        one.id, one.model,
        try_to_timestamp(one.createTime) as started_at,
        {{ pool("one.dedicatedResources.machineSpec", "if(coalesce(one.dedicatedResources.maxReplicaCount = one.dedicatedResources.minReplicaCount, true), one.dedicatedResources.minReplicaCount, null)") }} as pool
    )), array()) as deployed,
    coalesce(transform(
        all_trials, one -> struct(one.id, one.state, one.startTime, one.endTime, one.customJob)
    ), array()) as trials,
    compact(concat(coalesce(all_trials.customJob, array()), array(backing_job))) as child_jobs,
    {{ last_values("array(struct(objective.metricId as key, element_at(if(size(values) > 0, values, null), if(objective.goal = 'MINIMIZE', 1, -1)).text as value))") }} as metrics,
    {{ last_values("entries") }} as labels
from parsed
-- Spark can lose columns of the join if this list has nullif or fields of structs (RecordAuditsTest)
lateral view explode(array(concat(coalesce(map_entries(from_json(labels, 'map<string, string>')), array()), map_entries(map(
    'state', delivered_status,
    'short_id', regexp_extract(name, '([^/]+)$', 1),
    'machine_type', if(machine_types <> '', machine_types, null),
    'experiment_run', experiment_run,
    'strategy', strategy,
    'failure_reason', get_json_object(error, '$.message')
))))) as entries
