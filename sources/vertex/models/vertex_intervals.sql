{% import "sources/vertex/macros/vertex.sql" %}
with records as (
    select *, least(observed_at, cast(add_months(delivered_for, 1) as timestamp)) as described_at
    from {{ ref('telemetry.vertex_records') }}
),

-- what has no end counts until it was described; in each month, from the first day of the month on
held as (
    select
        source_id, delivered_for, cluster_id, resource_name as workload_id, resource_name as run_id, 1 as attempt,
        'training job' as workload_kind, started_at, ended_at, delivered_status as outcome, pools, labels
    from records
    where record_kind = 'training'
    union all
    select
        source_id, delivered_for, cluster_id, concat(resource_name, '/trials/', trial.id), resource_name, 1,
        'tuning trial', try_to_timestamp(trial.startTime), try_to_timestamp(trial.endTime), trial.state, pools, labels
    from records
    lateral view explode(trials) as trial
    -- a trial with a custom job of its own is a job
    where record_kind = 'tuning' and trial.customJob is null
    union all
    select
        source_id, delivered_for, cluster_id, concat(resource_name, '/', model.id), null, null,
        'endpoint', greatest(model.started_at, cast(delivered_for as timestamp)), described_at, delivered_status, array(model.pool),
        map_concat(
            map_filter(labels, (label, value) -> label not in ('endpoint', 'resource_id', 'model')),
            map_filter(map('endpoint', record_name, 'resource_id', resource_name, 'model', model.model), (label, value) -> value is not null)
        )
    from records
    lateral view explode(deployed) as model
    where record_kind = 'endpoint'
    union all
    select
        source_id, delivered_for, cluster_id, resource_name, null, null,
        'tpu node', greatest(started_at, cast(delivered_for as timestamp)), described_at, delivered_status, pools, labels
    from records
    where record_kind = 'tpu' and status = 'running'
),

known as (
    select map_from_entries(array_sort(collect_list(struct(accelerator_type, accelerator_model)))) as models
    from {{ source('reference.vertex_accelerators') }}
)

select
    source_id,
    delivered_for,
    'vertex' as scheduler,
    cluster_id,
    workload_id,
    run_id,
    attempt,
    workload_kind,
    part_of(cluster_id, '/', 1) as namespace,
    started_at,
    ended_at,
    outcome,
    cast(null as string) as node_list,
    if(
        size(array_distinct(array_compact(pools.accelerator_type))) = 1,
        try_element_at(models, array_compact(pools.accelerator_type)[0]), null
    ) as accelerator_model,
    {{ of_pools("accelerators") }} as accelerators,
    {{ of_pools("cpu_cores") }} as cpu_cores,
    cast(null as decimal(24, 0)) as memory_bytes,
    labels
from held
cross join known
where cluster_id is not null and started_at is not null
