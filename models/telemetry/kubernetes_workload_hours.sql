{% import "macros/labels.sql" %}with pods as (
    select
        hours.*,
        {{ labelled("labels", "run") }} as run_label,
        {{ labelled("labels", "job") }} as job_label,
        coalesce(
            try_cast({{ labelled("labels", "attempt") }} as int),
            try_cast({{ labelled("labels", "retry") }} as int) + 1
        ) as attempt,
        {{ labelled("labels", "endpoint") }} as endpoint_id
    from {{ source('bronze.k8s_workload_hours') }} as hours
    cross join {{ ref('telemetry.label_book') }}
),

kinds as (
    select
        *,
        case
            when
                labels['notebook_name'] is not null
                or labels['component'] = 'singleuser-server'
                or owner_kind = 'Notebook'
                then 'notebook'
            when owner_kind = 'RayService' or labels['ray_io_originated_from_crd'] = 'RayService' then 'endpoint'
            when
                labels['training_kubeflow_org_job_name'] is not null
                or labels['jobset_sigs_k8s_io_jobset_name'] is not null
                or owner_kind in (
                    'PyTorchJob', 'TFJob', 'MPIJob', 'XGBoostJob', 'JAXJob', 'PaddleJob', 'TrainJob', 'JobSet', 'RayJob',
                    'RayCluster'
                )
                then 'training job'
            when labels['serving_kserve_io_inferenceservice'] is not null or owner_kind = 'InferenceService' then 'endpoint'
            when owner_kind in ('Job', 'CronJob', 'Workflow') then 'scheduler job'
            else 'pod'
        end as workload_kind
    from pods
),

-- the name of a job is unique in its namespace only
jobs as (
    select
        *,
        if(
            workload_kind in ('training job', 'scheduler job'), concat(namespace, '/', coalesce(job_label, owner_name)), null
        ) as job_id
    from kinds
),

spot as (
    select array_sort(collect_list(struct(rank, label, value))) as spot_labels from {{ source('reference.spot_labels') }}
),

-- of several labels of a node, the first in the list says whether it is capacity that the provider may take back
labelled_nodes as (
    select
        cluster_id, node_id, hour_start, provider_resource_id, labels,
        get(filter(spot_labels, one -> labels[one.label] is not null), 0) as spot
    from {{ ref('telemetry.node_hours') }}
    cross join spot
),

nodes as (
    select cluster_id, node_id, hour_start, provider_resource_id, lower(labels[spot.label]) = spot.value as is_spot
    from labelled_nodes
),

accelerators as (
    select alias, accelerator_model from {{ source('reference.accelerators') }}
)

select
    jobs.usage_date,
    jobs.hour_start,
    'kubernetes' as scheduler,
    jobs.cluster_id,
    jobs.node_id,
    nodes.provider_resource_id,
    jobs.namespace,
    concat(jobs.namespace, '/', jobs.pod) as workload_id,
    coalesce(jobs.run_label, concat(jobs.cluster_id, '/', jobs.job_id)) as run_id,
    jobs.attempt,
    jobs.workload_kind,
    accelerators.accelerator_model,
    jobs.accelerator_requested_s,
    jobs.accelerator_allocated_s,
    jobs.accelerator_active_s,
    jobs.cpu_requested_core_s,
    jobs.cpu_used_core_s,
    jobs.memory_requested_byte_s,
    jobs.memory_used_byte_s,
    jobs.labels,
    jobs.coverage_ratio,
    jobs.job_id,
    case when jobs.run_label is not null then 'label' when jobs.job_id is not null then 'owner' end as run_linked_by,
    jobs.endpoint_id,
    jobs.seen_s as held_s,
    jobs.seen_from as held_from,
    jobs.seen_until as held_until,
    nodes.is_spot
from jobs
left join nodes
    on
        jobs.cluster_id = nodes.cluster_id
        and jobs.node_id = nodes.node_id
        and jobs.hour_start = nodes.hour_start
left join accelerators
    on jobs.accelerator_model = accelerators.alias
