{% import "macros/lines.sql" %}select
    {{ receiver() }},
    usage_date,
    hour_of_day,
    idle_accelerators
from {{ ref('economics.receiver_idle_calendar') }}
