{% import "macros/lines.sql" %}select
    {{ receiver() }},
    usage_date,
    effective_cost,
    cost_shown,
    booking,
    booking_cost
from {{ ref('economics.receiver_days') }}
