with billed as (
    select max(settled_until) as settled_until from {{ ref('governance.forecasts') }}
),

due as (
    select forecasts.*
    from {{ ref('governance.forecasts') }} as forecasts
    inner join billed on forecasts.period_end <= billed.settled_until
    where forecasts.expected is not null
)

select
    due.as_of,
    due.settled_until,
    due.scope_kind,
    due.scope_value,
    due.unit,
    due.period_kind,
    due.ahead,
    due.period_start,
    due.period_end,
    due.expected,
    due.low,
    due.high,
    cast(coalesce(sum(days.amount), 0) as decimal(38,21)) as actual
from due
left join {{ ref('governance.scope_days') }} as days
    on due.scope_kind = days.scope_kind and due.scope_value <=> days.scope_value and due.unit = days.unit
    and days.usage_date between due.period_start and due.period_end
group by all
