-- a record says what a job held, not what it used
with jobs as (
    select
        jobs.*,
        cast(null as string) as provider_resource_id,
        accelerators.accelerator_model as canonical_model,
        cast(null as decimal(38, 9)) as not_measured
    from {{ ref('telemetry.interval_hours') }} as jobs
    left join {{ source('reference.accelerators') }} as accelerators
        on jobs.accelerator_model = accelerators.alias
),

workloads as (
    select * from {{ ref('telemetry.kubernetes_workload_hours') }}
    union all
    select
        usage_date, hour_start, scheduler, cluster_id, node_id, provider_resource_id, namespace, workload_id, run_id,
        attempt, workload_kind, canonical_model, accelerator_s, accelerator_s, not_measured, cpu_core_s, not_measured,
        memory_byte_s, not_measured, labels, cast(not_measured as decimal(18, 9))
    from jobs
)

select
    usage_date,
    hour_start,
    scheduler,
    cluster_id,
    node_id,
    provider_resource_id,
    namespace,
    workload_id,
    run_id,
    attempt,
    workload_kind,
    accelerator_model,
    accelerator_requested_s,
    accelerator_allocated_s,
    accelerator_active_s,
    cpu_requested_core_s,
    cpu_used_core_s,
    memory_requested_byte_s,
    memory_used_byte_s,
    labels,
    coverage_ratio
from workloads
