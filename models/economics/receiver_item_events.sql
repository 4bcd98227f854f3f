{% import "macros/events.sql" %}with moves as (
    select * from {{ ref('economics.receiver_event_moves') }}
),

-- what went to days without work is no hand-over
resources as (
    select resources.*
    from {{ ref('economics.receiver_event_resources') }} as resources
    left anti join moves
        on moves.event = 'hand_over' and resources.event = 'hand_over' and moves.billing_month = resources.billing_month
        and moves.receiver_id = resources.receiver_id and moves.billing_currency = resources.billing_currency
        and moves.item_id = resources.item_id and round(less(moves.cost, moves.cost_before), 2) <> 0
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    event,
    reason,
    item_id,
    other_id,
    first_day,
    last_day,
    resource_id,
    resource_name,
    cost,
    cost_before
from moves
union all
select
    resources.billing_month, receiver_kind, receiver_id, billing_currency, event, null, item_id, other_id, first_day,
    resources.last_day, resource_id, concat_ws(' ', sku_name, item_name), coalesce(cost, 0),
    coalesce({{ by_billed_days('cost_before', 'resources.billing_month') }}, 0)
from resources
left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = resources.billing_month
