with judged as (
    select
        *,
        case
            when resource_id is null then 'it has no resource id, so it does not count'
            when record_kind is null then 'it is no job, deployment, endpoint or compute, so nothing of it counts'
            when cluster_id is null then 'its resource id names no workspace, so it has no hours'
            when delivered_status is not null and status is null then 'its status is unknown'
            when ended_at < started_at then 'it ends before it starts, so it has no hours'
        end as finding
    from {{ ref('telemetry.azureml_records') }}
)

select source_id, source_file, source_row, record_kind, resource_id, delivered_status, started_at, ended_at, finding
from judged
where finding is not null
