with uses as (
    select
        run_id, billing_currency, project_id, effective_cost,
        -- as in budgets: what belongs to no day of its billing month is of the first
        if(trunc(usage_date, 'month') = billing_month, usage_date, billing_month) as usage_date
    from {{ ref('economics.use_costs') }}
    where run_id is not null
),

projects as (
    select run_id, billing_currency, max(struct(cost, project_id)).project_id as project_id, min(first_day) as first_day, max(last_day) as last_day
    from (
        select run_id, billing_currency, project_id, sum(effective_cost) as cost, min(usage_date) as first_day, max(usage_date) as last_day
        from uses
        group by all
    )
    group by all
)

select
    runs.run_id,
    runs.billing_currency,
    runs.run_name,
    runs.run_kind,
    runs.team_id,
    projects.project_id,
    runs.started_at,
    runs.ended_at,
    runs.status,
    projects.first_day,
    projects.last_day,
    runs.cost
from {{ ref('economics.training_runs') }} as runs
left join projects on runs.run_id = projects.run_id and runs.billing_currency <=> projects.billing_currency
where runs.part = 'run'
