with nodes as (
    select *, machine_key(provider_resource_id) as machine
    from {{ source('bronze.k8s_node_hours') }}
),

accelerators as (
    select alias, accelerator_model from {{ source('reference.accelerators') }}
)

select
    nodes.usage_date,
    nodes.hour_start,
    'kubernetes' as scheduler,
    nodes.cluster_id,
    nodes.node_id,
    -- a machine that two clusters claim in an hour belongs to neither
    if(min(nodes.cluster_id) over machine_hour = max(nodes.cluster_id) over machine_hour, nodes.machine, null)
        as provider_resource_id,
    coalesce(
        nodes.labels['node_kubernetes_io_instance_type'],
        nodes.labels['beta_kubernetes_io_instance_type']
    ) as instance_type,
    accelerators.accelerator_model,
    nodes.up_s,
    nodes.cpu_capacity_core_s,
    nodes.memory_capacity_byte_s,
    nodes.accelerator_capacity_s,
    nodes.labels,
    nodes.coverage_ratio
from nodes
left join accelerators
    on nodes.accelerator_model = accelerators.alias
window machine_hour as (partition by nodes.usage_date, nodes.hour_start, nodes.machine)
