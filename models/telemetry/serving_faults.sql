select
    usage_date,
    hour_start,
    _source_id as source_id,
    cluster_id,
    subject,
    reason,
    count(*) as findings
from {{ source('bronze.serving_findings') }}
group by all
