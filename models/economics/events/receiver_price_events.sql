with steps as (
    select * from {{ ref('economics.receiver_price_steps') }}
),

-- a charge that is in another event as well
shared as (
    select steps.*
    from steps
    left semi join {{ ref('economics.receiver_item_events') }} as items
        on items.billing_month = steps.billing_month and items.receiver_id = steps.receiver_id
        and items.billing_currency = steps.billing_currency and items.item_id = steps.item_id
        and if(steps.kind = 'usage', items.event in ('new', 'hand_over') and items.reason is null, items.event = 'without_work')
        and round(less(items.cost, items.cost_before), 2) <> 0
),

parts as (
    select 'price' as event, * except (cost, cost_before), cost, cost_before from steps
    union all
    select 'overlap' as event, * except (cost, cost_before), cost_before, cost from shared
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    event,
    price_id as item_id,
    first_day,
    last_day,
    if(min(item_id) = max(item_id), max(resource_id), null) as resource_id,
    concat_ws(' ', sku_name, if(min(item_id) = max(item_id), max(item_name), null)) as resource_name,
    price_before,
    price,
    pricing_unit,
    cast(sum(cost) as decimal(38,21)) as cost,
    cast(sum(cost_before) as decimal(38,21)) as cost_before
from parts
group by
    billing_month, receiver_kind, receiver_id, billing_currency, event, price_id, first_day, last_day, sku_name, price_before, price,
    pricing_unit
