with billed as (
    select max(last_day) as as_of, date_sub(max(last_day), max(lag_days)) as settled_until
    from {{ ref('economics.billed_days') }}
    cross join {{ ref('governance.restatement_lags') }}
    where source_id is null
    having count(*) > 0
),

days as (
    select concat_ws('/', scope_kind, unit, scope_value) as series, *
    from {{ ref('governance.scope_days') }}
),

months as (
    select *, cast(trunc(date_add(settled_until, 1), 'month') as date) as this_month from billed
),

calendar as (
    select 'days' as period_kind, ahead, date_add(settled_until, 1) as period_start, date_add(settled_until, ahead) as period_end
    from months lateral view explode(array(7, 14, 28)) as ahead
    union all
    select 'month', ahead, add_months(this_month, ahead), last_day(add_months(this_month, ahead))
    from months lateral view explode(sequence(0, 12)) as ahead
    union all
    select 'year', 12, add_months(this_month, 1), last_day(add_months(this_month, 12))
    from months
),

wanted as (
    select distinct
        days.series, days.scope_kind, days.scope_value, days.unit, calendar.period_kind, calendar.ahead, calendar.period_start,
        calendar.period_end
    from days
    cross join calendar
    union all
    select
        concat_ws('/', 'budget', coalesce(billing_currency, measure), budget_id), 'budget', budget_id, coalesce(billing_currency, measure),
        'budget', 0, period_start, period_end
    from {{ ref('governance.budget_periods') }}
    inner join billed on period_end > settled_until
    where is_current and period_kind <> 'rolling'
),

sums as (
    select inline(forecast_sums(
        (select settled_until from billed),
        (select array_sort(collect_list(struct(series, usage_date, amount))) from days),
        (select array_sort(collect_set(struct(series, period_start, period_end))) from wanted)
    ))
),

known as (
    select wanted.series, wanted.period_kind, wanted.ahead, sum(days.amount) as known
    from wanted
    inner join days on wanted.series = days.series and days.usage_date >= wanted.period_start
    inner join billed on days.usage_date <= billed.settled_until
    group by all
),

made as (
    select
        billed.as_of, billed.settled_until, wanted.*, coalesce(known.known, 0) as known,
        sums.expected, sums.low, sums.high, sums.method, sums.reason
    from wanted
    cross join billed
    inner join sums
        on wanted.series = sums.series and wanted.period_start = sums.first_day and wanted.period_end = sums.last_day
    left join known
        on wanted.series = known.series and wanted.period_kind = known.period_kind and wanted.ahead = known.ahead
)

select
    as_of,
    settled_until,
    scope_kind,
    scope_value,
    unit,
    period_kind,
    ahead,
    period_start,
    period_end,
    cast(known as decimal(38,21)) as known,
    cast(round(known, 2) + expected as decimal(38,2)) as expected,
    cast(round(known, 2) + low as decimal(38,2)) as low,
    cast(round(known, 2) + high as decimal(38,2)) as high,
    method,
    reason
from made
union all
select
    before.as_of, before.settled_until, before.scope_kind, before.scope_value, before.unit, before.period_kind, before.ahead,
    before.period_start, before.period_end, before.known, before.expected, before.low, before.high, before.method, before.reason
from {{ source('published.forecasts') }} as before
left anti join billed on before.as_of = billed.as_of
