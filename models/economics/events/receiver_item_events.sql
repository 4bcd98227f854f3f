{% import "macros/events.sql" %}with moves as (
    select * from {{ ref('economics.receiver_event_moves') }}
),

-- what went to days without work is no hand-over
resources as (
    select
        resources.billing_month, resources.receiver_kind, resources.receiver_id, resources.billing_currency, resources.event,
        resources.item_id, resources.other_id, resources.first_day, resources.last_day, resources.resource_id,
        concat_ws(' ', sku_name, item_name) as resource_name,
        coalesce(resources.cost, 0) as cost,
        coalesce({{ by_billed_days('resources.cost_before', 'resources.billing_month') }}, 0) as cost_before,
        if(resources.event = 'hand_over', coalesce(use_change, 0), 0) as use_change
    from {{ ref('economics.receiver_event_resources') }} as resources
    left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = resources.billing_month
    left join moves
        on moves.reason = 'without_work' and moves.billing_month = resources.billing_month
        and moves.receiver_id = resources.receiver_id and moves.billing_currency = resources.billing_currency
        and moves.item_id = resources.item_id
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
    billing_month, receiver_kind, receiver_id, billing_currency, event, null, item_id, other_id, first_day, last_day, resource_id,
    resource_name, cast(less(cost, greatest(use_change, 0)) as decimal(38,21)),
    cast(less(cost_before, greatest(-use_change, 0)) as decimal(38,21))
from resources
