{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.receiver_event_costs')) }}
),

events as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, event, reason, item_id, other_id, first_day, last_day,
        resource_id, resource_name, cast(null as decimal(38,21)) as price_before, cast(null as decimal(38,21)) as price,
        cast(null as string) as pricing_unit, cost, cost_before
    from {{ ref('economics.receiver_item_events') }}
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, event, null, item_id, null, first_day, last_day, resource_id,
        resource_name, price_before, price, pricing_unit, cost, cost_before
    from {{ ref('economics.receiver_price_events') }}
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, kind, null, item_id, null, min(if(is_latest, first_day, null)),
        max(if(is_latest, last_day, null)), max(resource_id), max(concat_ws(' ', sku_name, item_name)), null, null, null,
        coalesce(sum(cost), 0), coalesce(sum(cost_before), 0)
    from sides
    where kind in ('credit', 'refund', 'correction')
    group by all
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'correction', null, null, null, null, null, null, null, null, null,
        null, change_cost, 0
    from {{ ref('economics.receiver_cost_changes') }}
    where effect = 'correction'
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
    nullif(resource_name, '') as resource_name,
    price_before,
    price,
    pricing_unit,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before,
    cast(less(cost, cost_before) as decimal(38,21)) as change
from events
