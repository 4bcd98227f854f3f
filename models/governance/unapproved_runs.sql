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
),

days as (
    select run_id, billing_currency, usage_date, sum(effective_cost) as cost
    from {{ ref('economics.use_costs') }}
    where run_id is not null
    group by all
),

reached as (
    select run_id, billing_currency, min(usage_date) as reached_on
    from (select *, sum(cost) over (partition by run_id, billing_currency order by usage_date) as so_far from days)
    cross join needed
    where so_far >= needed.cost_min
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
    reached.reached_on,
    runs.cost,
    requests.last.request_id as request_id,
    requests.last.state as request_state
from {{ ref('governance.run_totals') }} as runs
inner join needed
    on runs.billing_currency = needed.currency and runs.cost >= needed.cost_min and to_date(runs.started_at) >= needed.needed_from
left join requests on runs.run_id = requests.run_id
left join reached on runs.run_id = reached.run_id and runs.billing_currency = reached.billing_currency
where coalesce(requests.is_approved, false) is false
