-- a record says how many accelerators a job held, not which, and not how long they existed
select
    jobs.usage_date,
    jobs.hour_start,
    jobs.scheduler,
    jobs.cluster_id,
    jobs.node_id,
    cast(null as string) as provider_resource_id,
    cast(null as string) as accelerator_id,
    jobs.workload_id,
    jobs.run_id,
    jobs.attempt,
    accelerators.accelerator_model,
    accelerators.vendor as accelerator_vendor,
    cast(null as decimal(38, 9)) as slices,
    cast(null as decimal(38, 9)) as slices_max,
    cast(null as decimal(38, 9)) as provisioned_s,
    jobs.accelerator_s as allocated_s,
    cast(null as decimal(38, 9)) as active_s,
    cast(null as decimal(38, 9)) as memory_used_byte_s,
    cast(null as decimal(38, 9)) as energy_kwh,
    cast(null as decimal(18, 9)) as coverage_ratio
from {{ ref('telemetry.interval_hours') }} as jobs
left join {{ source('reference.accelerators') }} as accelerators
    on jobs.accelerator_model = accelerators.alias
where jobs.accelerator_s > 0
