{% import "macros/lines.sql" %}with events as (
    select * from {{ ref('economics.receiver_events') }}
),

teams as (
    select receiver_id as other_id, name as other_name from {{ source('conf.receivers') }}
)

select
    {{ receiver() }},
    position,
    {{ line_id("'h'") }} as line_id,
    event,
    first_day,
    last_day,
    item_id,
    resource_id,
    resource_name,
    other_id,
    other_name,
    price_before,
    price,
    pricing_unit,
    cost,
    cost_before,
    change,
    change_shown,
    reason,
    cause,
    node_id,
    accelerator_model,
    accelerators,
    empty_hours,
    run_id,
    run_name,
    run_status,
    run_user_id,
    workload_id,
    ended_day,
    ended_time
from events
left join teams using (other_id)
left join {{ ref('economics.event_causes') }} as causes using (billing_month, billing_currency, reason, item_id)
