{% import "macros/arithmetic.sql" %}with periods as (
    select * from {{ ref('governance.budget_periods') }}
),

-- the amount itself is a limit too
limits as (
    select budget_id, period_start, period_kind, 'amount' as threshold_basis, cast(null as decimal(9,3)) as percent, amount
    from periods
    union all
    select
        periods.budget_id, periods.period_start, periods.period_kind, listed.threshold_basis, listed.percent,
        {{ divided(multiplied("periods.amount", "listed.percent"), 100) }}
    from periods
    inner join {{ source('conf.budget_thresholds') }} as listed on periods.budget_id = listed.budget_id
),

-- a rolling budget may fall below a limit again: then the last time counts
reached as (
    select
        limits.budget_id, limits.period_start, limits.period_kind, limits.threshold_basis, limits.percent, limits.amount,
        case
            when limits.period_kind <> 'rolling' then min(if(progress.used_to_day >= limits.amount, progress.usage_date, null))
            when max(struct(progress.usage_date, progress.used_to_day)).used_to_day >= limits.amount then coalesce(
                date_add(max(if(progress.used_to_day < limits.amount, progress.usage_date, null)), 1), limits.period_start
            )
        end as reached_on
    from limits
    inner join {{ ref('governance.budget_progress') }} as progress
        on limits.budget_id = progress.budget_id and limits.period_start = progress.period_start
    where limits.threshold_basis <> 'forecast'
    group by all
)

select budget_id, period_start, threshold_basis, percent, amount, reached_on
from reached
union all
select limits.budget_id, limits.period_start, limits.threshold_basis, limits.percent, limits.amount, min(made.as_of)
from limits
left join {{ ref('governance.forecasts') }} as made
    on made.scope_kind = 'budget' and made.period_kind = 'budget' and limits.budget_id = made.scope_value
    and limits.period_start = made.period_start and made.expected >= limits.amount
where limits.threshold_basis = 'forecast'
group by all
