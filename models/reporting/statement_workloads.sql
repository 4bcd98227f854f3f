{% import "macros/lines.sql" %}with lines as (
    select *, receiver_id as team_id
    from {{ ref('economics.receiver_workloads') }}
    where receiver_kind = 'team'
)

select
    billing_month,
    team_id,
    billing_currency,
    position,
    {{ line_id("'w'") }} as line_id,
    workload_id,
    accelerator_model,
    idle_hours,
    idle_cost_shown
from lines
