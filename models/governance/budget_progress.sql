with periods as (
    select * from {{ ref('governance.budget_periods') }}
),

-- the days of all periods of a budget, and those before that a rolling period needs
spans as (
    select
        budget_id, date_sub(min(period_start), coalesce(max(period_days), 1)) as first_day, max(period_end) as last_day
    from periods
    group by all
),

calendar as (
    select budget_id, explode(sequence(first_day, last_day)) as usage_date from spans
),

totals as (
    select
        calendar.budget_id, calendar.usage_date,
        sum(coalesce(uses.used, 0)) over (partition by calendar.budget_id order by calendar.usage_date) as total
    from calendar
    left join {{ ref('governance.budget_use') }} as uses
        on calendar.budget_id = uses.budget_id and calendar.usage_date = uses.usage_date
)

select
    periods.budget_id,
    periods.period_start,
    days.usage_date,
    less(cast(days.total as decimal(38,21)), cast(before.total as decimal(38,21))) as used_to_day
from periods
inner join totals as days
    on periods.budget_id = days.budget_id and days.usage_date between periods.period_start and periods.period_end
inner join totals as before
    on periods.budget_id = before.budget_id
    and before.usage_date = date_sub(days.usage_date, coalesce(periods.period_days, datediff(days.usage_date, periods.period_start) + 1))
