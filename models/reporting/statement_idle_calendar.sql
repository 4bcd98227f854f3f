{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with idle as (
    select * from {{ ref('allocation.idle_hours') }}
    where team_id is not null and billing_currency is not null and coalesce(idle_s > 0, true)
),

received as (
    {{ received("idle", "cast(trunc(idle.usage_date, 'month') as date)", ref('economics.receivers')) }}
),

hours as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id,
        billing_currency, usage_date, hour(hour_start) as hour_of_day, {{ known_sum("idle_s") }} as seconds
    from received
    group by all
)

select
    {{ receiver() }},
    usage_date,
    cast(hour_of_day as int) as hour_of_day,
    {{ hours("seconds") }} as idle_accelerators
from hours
