-- a sweep or a pipeline holds no machines: its parts do
with records as (
    select
        *,
        record_kind = 'job' as is_job
    from {{ ref('telemetry.azureml_records') }}
    where (record_kind = 'job' and record_type not in ('sweep', 'pipeline')) or record_kind = 'deployment'
)

select
    source_id,
    delivered_for,
    'azureml' as scheduler,
    cluster_id,
    resource_id as workload_id,
    if(is_job, resource_id, null) as run_id,
    if(is_job, 1, null) as attempt,
    if(is_job, 'training job', 'endpoint') as workload_kind,
    part_of(cluster_id, '/', 1) as namespace,
    -- a deployment counts until it was described; in each month, from the first day of the month on
    if(is_job, started_at, greatest(started_at, cast(delivered_for as timestamp))) as started_at,
    if(is_job, ended_at, least(observed_at, cast(add_months(delivered_for, 1) as timestamp))) as ended_at,
    delivered_status as outcome,
    cast(null as string) as node_list,
    sizes.accelerator_model,
    cast(instances * cast(sizes.accelerators as decimal(18, 3)) as decimal(18, 3)) as accelerators,
    cast(instances * cast(sizes.cpu_cores as decimal(18, 3)) as decimal(18, 3)) as cpu_cores,
    cast(instances * cast(sizes.memory_mib as decimal(18, 3)) * 1048576 as decimal(24, 0)) as memory_bytes,
    map_concat(
        map_filter(labels, (label, value) -> is_job or label not in ('endpoint', 'resource_id')),
        map_filter(
            if(is_job, map(), map('endpoint', endpoint_name, 'resource_id', regexp_replace(resource_id, '(?i)/deployments/[^/]+$', ''))),
            (label, value) -> value is not null
        )
    ) as labels
from records
left join {{ source('reference.platform_machines') }} as sizes on records.size = sizes.instance_type
where cluster_id is not null and started_at is not null
