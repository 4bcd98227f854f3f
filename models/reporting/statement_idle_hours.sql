with idle as (
    select * from {{ ref('allocation.idle_hours') }} where team_id is not null and billing_currency is not null
)

select
    cast(trunc(usage_date, 'month') as date) as billing_month,
    team_id,
    billing_currency,
    cast(weekday(usage_date) + 1 as int) as weekday,
    cast(hour(hour_start) as int) as hour_of_day,
    cast(sum(idle_s) / 3600 as decimal(38,9)) as idle_hours
from idle
group by all
