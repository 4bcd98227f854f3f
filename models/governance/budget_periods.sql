with budgets as (
    select * from {{ ref('governance.budgets') }}
),

scopes as (
    select * from {{ ref('governance.budget_scopes') }}
),

billed as (
    select min(billing_month) as first_day, max(last_day) as last_day from {{ ref('economics.billed_days') }}
),

days as (
    select budget_id, usage_date from {{ ref('governance.budget_use') }}
    union
    select budgets.budget_id, billed.last_day from budgets cross join billed where billed.last_day is not null
),

started as (
    select distinct
        budgets.*,
        case budgets.period_kind
            when 'rolling' then date_sub(billed.last_day, budgets.period_days - 1)
            when 'once' then budgets.once_from
            else cast(trunc(days.usage_date, budgets.period_kind) as date)
        end as period_start,
        billed.first_day,
        billed.last_day
    from days
    inner join budgets on days.budget_id = budgets.budget_id
    cross join billed
    where budgets.period_kind <> 'once' or days.usage_date between budgets.once_from and budgets.once_until
),

periods as (
    select
        *,
        case period_kind
            when 'rolling' then last_day
            when 'once' then once_until
            else date_sub(add_months(period_start, case period_kind when 'month' then 1 when 'quarter' then 3 else 12 end), 1)
        end as period_end
    from started
    where period_start is not null
),

-- a rolling period has no first day of its own, so its last day decides
in_force as (
    select
        periods.budget_id, periods.period_start,
        max(struct(coalesce(amounts.valid_from, date '0001-01-01'), amounts.amount)).amount as amount
    from periods
    inner join {{ ref('governance.budget_amounts') }} as amounts
        on periods.budget_id = amounts.budget_id
        and (
            amounts.valid_from is null
            or amounts.valid_from <= if(periods.period_kind = 'rolling', periods.period_end, periods.period_start)
        )
    group by all
),

covered as (
    select *, if(last_day >= period_start, least(last_day, period_end), null) as billed_until from periods
)

select
    covered.budget_id,
    covered.name as budget_name,
    scopes.team_id,
    covered.owner_team_id,
    scopes.scope_kind,
    scopes.scope_value,
    covered.period_kind,
    covered.period_days,
    covered.period_start,
    covered.period_end,
    coalesce(covered.last_day between covered.period_start and covered.period_end, false) as is_current,
    covered.measure,
    covered.currency as billing_currency,
    covered.cost_basis,
    in_force.amount,
    covered.billed_until,
    datediff(covered.billed_until, greatest(covered.period_start, covered.first_day)) + 1 as days_elapsed,
    if(
        covered.measure = 'money' and scopes.scope_kind = 'tenant', null, greatest(date_sub(covered.billed_until, 6), covered.first_day)
    ) as burn_from
from covered
inner join in_force on covered.budget_id = in_force.budget_id and covered.period_start = in_force.period_start
inner join scopes on covered.budget_id = scopes.budget_id
