select
    billing_month,
    receiver_id as group_id,
    billing_currency,
    weekday,
    hour_of_day,
    idle_hours,
    idle_accelerators
from {{ ref('economics.receiver_idle_hours') }}
where receiver_kind <> 'team'
