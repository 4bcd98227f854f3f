with parents as (
    select source_id, child_job, max(resource_name) as parent_name
    from {{ ref('telemetry.vertex_records') }}
    lateral view explode(child_jobs) as child_job
    group by all
)

select
    records.source_id,
    delivered_for,
    'vertex' as platform,
    resource_name as run_id,
    1 as attempt,
    parent_name as parent_run_id,
    experiment_name as experiment_id,
    record_name as run_name,
    if(record_kind = 'pipeline', 'training', record_kind) as run_kind,
    model_name as model_id,
    cast(null as string) as model_version,
    user_id,
    started_at,
    ended_at,
    delivered_status as outcome,
    status,
    is_spot,
    cast(null as decimal(38, 9)) as billable_s,
    resource_name as resource_id,
    if(record_kind = 'training', 'vertex', null) as scheduler,
    if(record_kind = 'training', cluster_id, null) as cluster_id,
    if(record_kind = 'training', resource_name, null) as workload_id,
    metrics,
    cast(array() as array<timestamp>) as checkpoints,
    cast(array() as array<struct<started_at: timestamp, ended_at: timestamp>>) as interruptions,
    labels
from {{ ref('telemetry.vertex_records') }} as records
left join parents on records.source_id = parents.source_id and resource_name = child_job
where record_kind in ('training', 'tuning', 'pipeline', 'notebook')
