with needed as (
    select
        limits.cost_min, limits.currency,
        coalesce(limits.needed_from, (select min(to_date(requested_at)) from {{ source('ops.approval_requests') }})) as needed_from
    from {{ source('conf.approvals') }} as limits
),

requests as (
    select
        run_id, max(state = 'approved') as is_approved,
        max(struct(cast(request_id as int) as number, request_id, state)) as last
    from {{ ref('governance.approvals') }}
    group by all
)

select
    runs.run_id,
    runs.billing_currency,
    runs.team_id,
    runs.project_id,
    runs.run_name,
    runs.started_at,
    runs.first_day,
    runs.last_day,
    runs.cost,
    requests.last.request_id as request_id,
    requests.last.state as request_state
from {{ ref('governance.run_totals') }} as runs
inner join needed
    on runs.billing_currency = needed.currency and runs.cost >= needed.cost_min and to_date(runs.started_at) >= needed.needed_from
left join requests on runs.run_id = requests.run_id
where coalesce(requests.is_approved, false) is false
