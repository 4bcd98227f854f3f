-- a record says what a job held, not what it used
select
    jobs.usage_date,
    jobs.hour_start,
    jobs.scheduler,
    jobs.cluster_id,
    jobs.node_id,
    cast(null as string) as provider_resource_id,
    jobs.namespace,
    jobs.workload_id,
    jobs.run_id,
    jobs.attempt,
    jobs.workload_kind,
    accelerators.accelerator_model,
    jobs.accelerator_s as accelerator_requested_s,
    jobs.accelerator_s as accelerator_allocated_s,
    cast(null as decimal(38, 9)) as accelerator_active_s,
    jobs.cpu_core_s as cpu_requested_core_s,
    cast(null as decimal(38, 9)) as cpu_used_core_s,
    jobs.memory_byte_s as memory_requested_byte_s,
    cast(null as decimal(38, 9)) as memory_used_byte_s,
    jobs.labels,
    cast(null as decimal(18, 9)) as coverage_ratio,
    jobs.run_id as job_id,
    if(jobs.run_id is null, null, 'record') as run_linked_by,
    if(jobs.labels['endpoint_rule'] is null, null, jobs.labels['endpoint']) as endpoint_id,
    jobs.held_s,
    jobs.held_from,
    jobs.held_until,
    cast(null as boolean) as is_spot
from {{ ref('telemetry.interval_hours') }} as jobs
left join {{ source('reference.accelerators') }} as accelerators
    on jobs.accelerator_model = accelerators.alias
