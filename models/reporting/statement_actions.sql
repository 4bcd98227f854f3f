{% import "macros/lines.sql" %}with names as (
    select receiver_id as named_id, name as owner_name from {{ source('conf.receivers') }}
)

select
    {{ receiver() }},
    position,
    {{ line_id("'do'") }} as line_id,
    action,
    subject_id,
    owner_id,
    owner_name,
    members,
    item_id,
    item_name,
    compared_with,
    quantity,
    unit_cost,
    unit_cost_after,
    saved_ratio,
    whole_cost,
    saved,
    saved_shown,
    previous_shown
from {{ ref('economics.receiver_actions') }}
left join names on named_id = owner_id
