with scopes as (
    select * from {{ ref('governance.receiver_scopes') }} where scope_kind is not null
),

forecasts as (
    select * from {{ ref('governance.forecasts') }}
    where period_kind = 'days' or (period_kind = 'month' and ahead <= 1)
),

-- the last night that expected the end of the month
latest as (
    select scope_kind, scope_value, unit, period_start as billing_month, max(as_of) as as_of
    from forecasts
    where period_kind = 'month' and ahead = 0
    group by all
),

outcomes as (
    select
        scopes.billing_month, scopes.receiver_kind, scopes.receiver_id, scopes.billing_currency, outcomes.*,
        row_number() over (
            partition by scopes.billing_month, scopes.receiver_id, scopes.billing_currency, outcomes.period_kind, outcomes.ahead
            order by outcomes.as_of desc
        ) as age
    from scopes
    inner join {{ ref('governance.forecast_outcomes') }} as outcomes
        on scopes.scope_kind = outcomes.scope_kind and scopes.scope_value <=> outcomes.scope_value
        and scopes.billing_currency = outcomes.unit
        and outcomes.period_end between scopes.billing_month and last_day(scopes.billing_month)
    where outcomes.period_kind = 'days' or (outcomes.period_kind = 'month' and outcomes.ahead <= 1)
)

select
    scopes.billing_month,
    scopes.receiver_kind,
    scopes.receiver_id,
    scopes.billing_currency,
    forecasts.as_of,
    forecasts.settled_until,
    forecasts.period_kind,
    forecasts.ahead,
    forecasts.period_start,
    forecasts.period_end,
    forecasts.known,
    forecasts.expected,
    forecasts.low,
    forecasts.high,
    forecasts.reason,
    cast(null as decimal(38,21)) as actual,
    cast(record.forecasts as int) as forecasts,
    record.wape,
    record.bias,
    record.coverage
from scopes
inner join latest
    on scopes.scope_kind = latest.scope_kind and scopes.scope_value <=> latest.scope_value
    and scopes.billing_currency = latest.unit and scopes.billing_month = latest.billing_month
inner join forecasts
    on latest.scope_kind = forecasts.scope_kind and latest.scope_value <=> forecasts.scope_value
    and latest.unit = forecasts.unit and latest.as_of = forecasts.as_of
left join {{ ref('governance.forecast_record') }} as record
    on forecasts.scope_kind = record.scope_kind and forecasts.scope_value <=> record.scope_value
    and forecasts.unit = record.unit and forecasts.period_kind = record.period_kind and forecasts.ahead = record.ahead
union all
select
    billing_month, receiver_kind, receiver_id, billing_currency, as_of, settled_until, period_kind, ahead, period_start, period_end,
    null, expected, low, high, null, actual, null, null, null, null
from outcomes
where age <= 3
