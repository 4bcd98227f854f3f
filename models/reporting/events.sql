{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'h'") }} as line_id,
    event,
    first_day,
    last_day,
    resource_id,
    resource_name,
    other_id,
    price_before,
    price,
    pricing_unit,
    cost,
    cost_before,
    change,
    change_shown
from {{ ref('economics.receiver_events') }}
