{% import "macros/lines.sql" %}select
    {{ receiver() }},
    weekday,
    hour_of_day,
    idle_hours,
    idle_accelerators
from {{ ref('economics.receiver_idle_hours') }}
