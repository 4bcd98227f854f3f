with judged as (
    select
        *,
        case
            when record_kind is null then 'it is no job, endpoint, endpoint configuration or notebook, so nothing of it counts'
            when arn is null then 'it has no ARN, so it does not count'
            when created_at is null then 'its time of creation cannot be read'
            when delivered_status is not null and status is null then 'its status is unknown'
            when ended_at < started_at then 'it ends before it starts, so it has no hours'
        end as finding
    from {{ ref('telemetry.sagemaker_records') }}
)

select source_id, source_file, source_row, record_kind, record_name, delivered_status, started_at, ended_at, finding
from judged
where finding is not null
