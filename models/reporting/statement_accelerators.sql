{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'a'") }} as line_id,
    accelerator_model,
    provisioned_hours,
    allocated_hours,
    active_hours,
    node_idle_hours,
    workload_idle_hours,
    cost_shown,
    cost_per_provisioned_hour,
    cost_per_allocated_hour,
    cost_per_active_hour,
    coverage_ratio
from {{ ref('economics.receiver_accelerators') }}
