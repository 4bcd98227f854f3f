{% import "macros/lines.sql" %}with lines as (
    select *, receiver_id as team_id
    from {{ ref('economics.receiver_accelerators') }}
    where receiver_kind = 'team'
)

select
    billing_month,
    team_id,
    billing_currency,
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
from lines
