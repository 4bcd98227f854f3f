{% import "sources/sagemaker/macros/sagemaker.sql" %}{% import "macros/last_values.sql" %}{% import "macros/runs.sql" %}
with kinds as (
    select *
    from {{ source('bronze.sagemaker_descriptions') }}
    lateral view explode(array(case
        when coalesce(processing_job_name, processing_job_status) is not null
            then array('processing', processing_job_arn, processing_job_name, processing_job_status)
        when coalesce(training_job_name, training_job_status) is not null
            then array('training', training_job_arn, training_job_name, training_job_status)
        when coalesce(hyper_parameter_tuning_job_name, hyper_parameter_tuning_job_status) is not null
            then array('tuning', hyper_parameter_tuning_job_arn, hyper_parameter_tuning_job_name, hyper_parameter_tuning_job_status)
        when coalesce(labeling_job_name, labeling_job_status) is not null then array('labelling', labeling_job_arn, labeling_job_name, labeling_job_status)
        when coalesce(endpoint_name, endpoint_status) is not null then array('endpoint', endpoint_arn, endpoint_name, endpoint_status)
        when endpoint_config_name is not null then array('endpoint config', endpoint_config_arn, endpoint_config_name, null)
        when coalesce(notebook_instance_name, notebook_instance_status) is not null
            then array('notebook', notebook_instance_arn, notebook_instance_name, notebook_instance_status)
    end)) as described
),

parsed as (
    select
        *,
        described[0] as record_kind,
        {{ instant("last_modified_time") }} as modified_at,
        from_json(
            coalesce(get_json_object(processing_resources, '$.ClusterConfig'), resource_config),
            'InstanceType string, InstanceCount string, InstanceGroups array<struct<InstanceType: string, InstanceCount: string>>'
        ) as resources,
        from_json(secondary_status_transitions, 'array<struct<Status: string, StartTime: string, EndTime: string>>') as transitions,
        from_json(final_metric_data_list, 'array<struct<MetricName: string, Value: string>>') as final_metrics,
        from_json(
            best_training_job,
            'TrainingJobName string, FinalHyperParameterTuningJobObjectiveMetric struct<MetricName: string, Value: string>'
        ) as best,
        if(
            startswith(tags, '['),
            transform(from_json(tags, 'array<struct<Key: string, Value: string>>'), tag -> struct(tag.Key as key, tag.Value as value)),
            map_entries(from_json(tags, 'map<string, string>'))
        ) as tag_entries
    from kinds
),

judged as (
    select
        parsed.*,
        if(statuses.status = 'stopped' and secondary_status = 'MaxWaitTimeExceeded', 'preempted', statuses.status) as status,
        case
            when record_kind = 'notebook' then array(struct(instance_type, cast(1 as decimal(18, 3)) as instances))
            when size(resources.InstanceGroups) > 0 then transform(
                resources.InstanceGroups,
                held -> struct(held.InstanceType as instance_type, {{ instances("held.InstanceCount") }} as instances)
            )
            when resources.InstanceType is not null then array(
                struct(resources.InstanceType as instance_type, {{ instances("resources.InstanceCount") }} as instances)
            )
            else array()
        end as instance_groups
    from parsed
    left join {{ source('reference.run_statuses') }} as statuses on {{ status_word("described[3]") }} = statuses.word
)

select
    _source_id as source_id,
    _billing_period as delivered_for,
    _source_file as source_file,
    _row as source_row,
    record_kind,
    described[1] as arn,
    described[2] as record_name,
    concat(part_of(described[1], ':', 5), '/', part_of(described[1], ':', 4)) as cluster_id,
    described[3] as delivered_status,
    status,
    coalesce(secondary_status, described[3]) as outcome,
    {{ instant("creation_time") }} as created_at,
    modified_at,
    {{ instant("observed_at") }} as observed_at,
    case
        when record_kind = 'training' then {{ instant("training_start_time") }}
        when record_kind = 'processing' then {{ instant("processing_start_time") }}
        when record_kind in ('tuning', 'labelling', 'notebook') then {{ instant("creation_time") }}
    end as started_at,
    coalesce(
        case record_kind
            when 'training' then {{ instant("training_end_time") }}
            when 'processing' then {{ instant("processing_end_time") }}
            when 'tuning' then {{ instant("hyper_parameter_tuning_end_time") }}
        end,
        if(record_kind not like 'endpoint%' and status <> 'running', modified_at, null)
    ) as ended_at,
    if(record_kind = 'training', coalesce(tuning_job_arn, labeling_job_arn), null) as parent_arn,
    get_json_object(experiment_config, '$.ExperimentName') as experiment_name,
    role_arn,
    try_cast(enable_managed_spot_training as boolean) as is_spot,
    try_cast(to_money(billable_time_in_seconds) as decimal(38, 9)) as billable_s,
    instance_groups,
    coalesce(transform(
        filter(transitions, one -> one.Status = 'Interrupted'),
        one -> struct({{ instant("one.StartTime") }} as started_at, {{ instant("one.EndTime") }} as ended_at)
    ), array()) as interruptions,
    coalesce(from_json(production_variants, '{{ variants() }}'), array()) as variants,
    endpoint_config_name,
    coalesce(case record_kind
        when 'training' then {{ last_values("transform(final_metrics, one -> struct(one.MetricName as key, trim(both '\"' from one.Value) as value))") }}
        when 'tuning' then {{ last_values("array(struct(best.FinalHyperParameterTuningJobObjectiveMetric.MetricName as key, best.FinalHyperParameterTuningJobObjectiveMetric.Value as value))") }}
        when 'labelling' then from_json(label_counters, 'map<string, string>')
    end, cast(map() as map<string, string>)) as metrics,
    {{ last_values("entries") }} as labels
from judged
lateral view explode(array(concat(coalesce(tag_entries, array()), map_entries(map(
    'status', described[3], 'instance_type', nullif(concat_ws(',', instance_groups.instance_type), ''),
    'instances', nullif(cast(cast(aggregate(
        instance_groups, cast(0 as decimal(18, 3)), (sum, held) -> cast(sum + held.instances as decimal(18, 3))
    ) as bigint) as string), '0'),
    'training_s', training_time_in_seconds, 'warm_pool_billable_s', get_json_object(warm_pool_status, '$.ResourceRetainedBillableTimeInSeconds'),
    'checkpoint_uri', get_json_object(checkpoint_config, '$.S3Uri'), 'model_uri', get_json_object(model_artifacts, '$.S3ModelArtifacts'),
    'trial', get_json_object(experiment_config, '$.TrialName'),
    'strategy', get_json_object(hyper_parameter_tuning_job_config, '$.Strategy'),
    'best_training_job', best.TrainingJobName, 'failure_reason', failure_reason
))))) as entries
