{% import "macros/arithmetic.sql" %}with requests as (
    select * from {{ source('ops.approval_requests') }}
),

billed as (
    select max(last_day) as last_day from {{ ref('economics.billed_days') }}
),

runs as (
    select run_id, min(started_at) as started_at, max(ended_at) as ended_at, max(status) as status
    from {{ ref('governance.run_totals') }}
    group by all
),

left_of_teams as (
    select scope_value as team_id, billing_currency, min(remaining) as remaining
    from {{ ref('governance.budget_status') }}
    where is_current and scope_kind = 'team' and measure = 'money'
    group by all
)

select
    requests.request_id,
    case
        when requests.act not in ('requested', 'approved') then requests.act
        when requests.act = 'approved' and runs.started_at < requests.expires_at then requests.act
        when runs.started_at >= requests.expires_at or to_date(requests.expires_at) <= billed.last_day then 'expired'
        else requests.act
    end as state,
    requests.run_id,
    requests.team_id,
    requests.project_id,
    requests.accelerator_model,
    requests.accelerators,
    requests.hours,
    requests.billing_currency,
    requests.hourly_rate,
    requests.rate_basis,
    requests.priced_until,
    datediff(to_date(requests.requested_at), requests.priced_until) as price_age_days,
    requests.projected_cost,
    requests.likely_low,
    requests.likely_high,
    case
        when requests.likely_low is not null then null
        when requests.project_id is null then 'no project was named'
        else concat(requests.past_runs, ' of 5 past runs of the project that are needed')
    end as likely_unknown,
    left_of_teams.remaining as team_remaining,
    requests.requester,
    requests.requested_at,
    requests.why,
    requests.decided_by,
    requests.decided_at,
    requests.decision_reason,
    requests.expires_at,
    runs.started_at,
    runs.ended_at,
    runs.status,
    costs.cost as actual,
    less(requests.projected_cost, costs.cost) as remaining,
    cast({{ divided("costs.cost", "requests.projected_cost", 9) }} as decimal(18, 9)) as share_used
from requests
cross join billed
left join runs on requests.run_id = runs.run_id
left join {{ ref('governance.run_totals') }} as costs
    on requests.run_id = costs.run_id and requests.billing_currency = costs.billing_currency
left join left_of_teams on requests.team_id = left_of_teams.team_id and requests.billing_currency = left_of_teams.billing_currency
