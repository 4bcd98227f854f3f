{% import "macros/arithmetic.sql" %}select
    concat('approval/', requests.request_id) as budget_id,
    concat('Run ', requests.run_id) as name,
    requests.team_id as owner_team_id,
    requests.run_id,
    requests.billing_currency as currency,
    requests.projected_cost as amount,
    least(to_date(requests.requested_at), runs.first_day) as once_from,
    greatest(date_add(to_date(requests.expires_at), cast(ceil({{ divided("requests.hours", 24) }}) as int)), runs.last_day) as once_until
from {{ source('ops.approval_requests') }} as requests
left join {{ ref('governance.run_totals') }} as runs
    on requests.run_id = runs.run_id and requests.billing_currency = runs.billing_currency
where requests.act = 'approved' and (runs.started_at is null or runs.started_at < requests.expires_at)
