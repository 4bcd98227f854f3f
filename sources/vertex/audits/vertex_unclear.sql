with judged as (
    select
        *,
        case
            when resource_name is null then 'it has no name, so it does not count'
            when record_kind is null then 'it is no job, pipeline, endpoint, notebook or TPU node, so nothing of it counts'
            when cluster_id is null then 'its name has no project and location, so it has no hours'
            when delivered_status is not null and status is null then 'its state is unknown'
            when ended_at < started_at then 'it ends before it starts, so it has no hours'
        end as finding
    from {{ ref('telemetry.vertex_records') }}
)

select source_id, source_file, source_row, record_kind, resource_name, delivered_status, started_at, ended_at, finding
from judged
where finding is not null
