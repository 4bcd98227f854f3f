with pods as (
    select * from {{ source('bronze.k8s_workload_hours') }}
),

nodes as (
    select cluster_id, node_id, hour_start, provider_resource_id
    from {{ ref('telemetry.node_hours') }}
),

accelerators as (
    select alias, accelerator_model from {{ source('reference.accelerators') }}
)

select
    pods.usage_date,
    pods.hour_start,
    'kubernetes' as scheduler,
    pods.cluster_id,
    pods.node_id,
    nodes.provider_resource_id,
    pods.namespace,
    concat(pods.namespace, '/', pods.pod) as workload_id,
    cast(null as string) as run_id,
    cast(null as int) as attempt,
    case
        when
            pods.labels['notebook_name'] is not null
            or pods.labels['component'] = 'singleuser-server'
            or pods.owner_kind = 'Notebook'
            then 'notebook'
        when
            pods.labels['training_kubeflow_org_job_name'] is not null
            or pods.owner_kind in ('PyTorchJob', 'TFJob', 'MPIJob', 'XGBoostJob', 'JAXJob', 'TrainJob')
            then 'training job'
        when
            pods.labels['serving_kserve_io_inferenceservice'] is not null
            or pods.owner_kind in ('InferenceService', 'RayService')
            then 'endpoint'
        when pods.owner_kind in ('Job', 'CronJob', 'RayJob', 'Workflow') then 'scheduler job'
        else 'pod'
    end as workload_kind,
    accelerators.accelerator_model,
    pods.accelerator_requested_s,
    pods.accelerator_allocated_s,
    pods.accelerator_active_s,
    pods.cpu_requested_core_s,
    pods.cpu_used_core_s,
    pods.memory_requested_byte_s,
    pods.memory_used_byte_s,
    pods.labels,
    pods.coverage_ratio
from pods
left join nodes
    on
        pods.cluster_id = nodes.cluster_id
        and pods.node_id = nodes.node_id
        and pods.hour_start = nodes.hour_start
left join accelerators
    on pods.accelerator_model = accelerators.alias
