with devices as (
    select * from {{ source('bronze.k8s_accelerator_hours') }}
),

nodes as (
    select cluster_id, node_id, hour_start, provider_resource_id
    from {{ ref('telemetry.node_hours') }}
),

accelerators as (
    select
        alias,
        accelerator_model,
        vendor,
        cast(max_slices as decimal(38, 9)) as max_slices
    from {{ source('reference.accelerators') }}
),

-- a whole device counts as all its slices; a device that cannot be sliced counts as one slice
sliced as (
    select
        devices.*,
        accelerators.accelerator_model as canonical_model,
        accelerators.vendor,
        coalesce(devices.slices_max, accelerators.max_slices, 1) as whole
    from devices
    left join accelerators
        on devices.accelerator_model = accelerators.alias
)

select
    sliced.usage_date,
    sliced.hour_start,
    'kubernetes' as scheduler,
    sliced.cluster_id,
    sliced.node_id,
    nodes.provider_resource_id,
    sliced.accelerator_id,
    cast(null as string) as workload_id,
    cast(null as string) as run_id,
    cast(null as int) as attempt,
    sliced.canonical_model as accelerator_model,
    sliced.vendor as accelerator_vendor,
    cast(coalesce(sliced.slices, sliced.whole) as decimal(38, 9)) as slices,
    cast(sliced.whole as decimal(38, 9)) as slices_max,
    sliced.provisioned_s,
    sliced.allocated_s,
    sliced.active_s,
    sliced.memory_used_byte_s,
    sliced.energy_kwh,
    sliced.coverage_ratio
from sliced
left join nodes
    on
        sliced.cluster_id = nodes.cluster_id
        and sliced.node_id = nodes.node_id
        and sliced.hour_start = nodes.hour_start
