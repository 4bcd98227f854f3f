{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with idle as (
    select * from {{ ref('allocation.idle_hours') }} 
    where team_id is not null and billing_currency is not null and coalesce(idle_s > 0, true)
),

days as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, weekday(usage_date) as weekday,
        count(distinct usage_date) as days
    from {{ ref('allocation.idle_hours') }}
    where coalesce(idle_s > 0, true)
    group by all
),

received as (
    {{ received("idle", "cast(trunc(idle.usage_date, 'month') as date)", ref('economics.receivers')) }}
),

sums as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, receiver.kind as receiver_kind,
        receiver.id as receiver_id, billing_currency, weekday(usage_date) as weekday, hour(hour_start) as hour_of_day,
        {{ known_sum("idle_s") }} as seconds
    from received
    group by all
)

select
    {{ receiver("sums.") }},
    cast(sums.weekday + 1 as int) as weekday,
    cast(sums.hour_of_day as int) as hour_of_day,
    {{ hours("sums.seconds") }} as idle_hours,
    {{ divided("sums.seconds", "3600 * days.days", 9) }} as idle_accelerators
from sums
inner join days on days.billing_month = sums.billing_month and days.weekday = sums.weekday
