{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'w'") }} as line_id,
    members,
    workload_id,
    accelerator_model,
    held_hours,
    idle_hours,
    idle_cost,
    idle_cost_shown
from {{ ref('economics.receiver_workloads') }}
