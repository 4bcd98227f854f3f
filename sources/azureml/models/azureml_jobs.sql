select
    source_id,
    delivered_for,
    'azureml' as platform,
    resource_id as run_id,
    1 as attempt,
    parent_id as parent_run_id,
    experiment_name as experiment_id,
    record_name as run_name,
    case
        when record_kind = 'compute' then 'notebook'
        when record_type in ('sweep', 'automl') then 'tuning'
        when record_type in ('spark', 'parallel', 'batch') then 'processing'
        when record_type in ('labeling', 'labelling') then 'labelling'
    end as run_kind,
    cast(null as string) as model_id,
    cast(null as string) as model_version,
    user_id,
    started_at,
    ended_at,
    delivered_status as outcome,
    status,
    is_spot,
    cast(null as decimal(38, 9)) as billable_s,
    -- a bill names the workspace or the compute, not the job
    if(record_kind = 'compute', resource_id, null) as resource_id,
    if(record_kind = 'job', 'azureml', null) as scheduler,
    if(record_kind = 'job', cluster_id, null) as cluster_id,
    if(record_kind = 'job', resource_id, null) as workload_id,
    cast(map() as map<string, string>) as metrics,
    cast(array() as array<timestamp>) as checkpoints,
    cast(array() as array<struct<started_at: timestamp, ended_at: timestamp>>) as interruptions,
    labels
from {{ ref('telemetry.azureml_records') }}
where record_kind = 'job' or (record_kind = 'compute' and record_type = 'computeinstance')
