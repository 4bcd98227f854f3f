{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'f'") }} as line_id,
    used_for,
    effective_cost,
    cost_shown,
    previous_shown,
    share_ratio
from {{ ref('economics.receiver_purposes') }}
