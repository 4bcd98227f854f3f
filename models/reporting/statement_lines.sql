{% import "macros/lines.sql" %}select
    {{ receiver() }},
    breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    name,
    members,
    correction_of_month,
    effective_cost,
    cost_shown,
    previous_shown,
    share_ratio
from {{ ref('economics.receiver_lines') }}
where receiver_kind <> 'team' or breakdown <> 'team'
