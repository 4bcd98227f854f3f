{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'g'") }} as line_id,
    idle_part,
    effective_cost,
    cost_shown
from {{ ref('economics.receiver_idle_costs') }}
