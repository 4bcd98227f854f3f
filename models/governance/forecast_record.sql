{% import "macros/arithmetic.sql" %}with billed as (
    select max(settled_until) as settled_until from {{ ref('governance.forecasts') }}
),

due as (
    select forecasts.*
    from {{ ref('governance.forecasts') }} as forecasts
    inner join billed on forecasts.period_end <= billed.settled_until
    where forecasts.expected is not null
),

came as (
    select
        due.as_of, due.scope_kind, due.scope_value, due.unit, due.period_kind, due.ahead, due.expected, due.low, due.high,
        coalesce(sum(days.amount), 0) as actual
    from due
    left join {{ ref('governance.scope_days') }} as days
        on due.scope_kind = days.scope_kind and due.scope_value <=> days.scope_value and due.unit = days.unit
        and days.usage_date between due.period_start and due.period_end
    group by all
),

summed as (
    select
        scope_kind, scope_value, unit, period_kind, ahead,
        count(*) as forecasts,
        sum(abs(actual)) as actual,
        sum(abs(expected - actual)) as missed,
        sum(expected - actual) as above,
        count_if(actual between low and high) as inside
    from came
    group by all
)

select
    scope_kind,
    scope_value,
    unit,
    period_kind,
    ahead,
    forecasts,
    cast({{ divided("missed", "actual", 9) }} as decimal(18,9)) as wape,
    cast({{ divided("above", "actual", 9) }} as decimal(18,9)) as bias,
    cast({{ divided("inside", "forecasts", 9) }} as decimal(18,9)) as coverage
from summed
