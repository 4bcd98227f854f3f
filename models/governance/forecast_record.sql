{% import "macros/arithmetic.sql" %}with summed as (
    select
        scope_kind, scope_value, unit, period_kind, ahead,
        count(*) as forecasts,
        sum(abs(actual)) as actual,
        sum(abs(expected - actual)) as missed,
        sum(expected - actual) as above,
        count_if(actual between low and high) as inside
    from {{ ref('governance.forecast_outcomes') }}
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
