{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'pr'") }} as line_id,
    run_id,
    run_name,
    experiment_id,
    children,
    effective_cost,
    own_cost_shown,
    children_cost_shown,
    cost_shown,
    waste_shown
from {{ ref('economics.receiver_parent_runs') }}
