{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.receiver_event_costs')) }}
),

-- bookings, commitments, days without work
items as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, kind as event, item_id, other_id,
        max(resource_id) as resource_id,
        max(concat_ws(' ', sku_name, item_name)) as resource_name,
        min(if(is_latest, first_day, null)) as first_day,
        max(if(is_latest, last_day, null)) as last_day,
        coalesce(sum(cost), 0) as cost,
        coalesce(sum(cost_before), 0) as cost_before
    from sides
    where kind <> 'usage'
    group by all
),

amounts as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, event, item_id, other_id, first_day, last_day, resource_id,
        resource_name, cast(null as decimal(38,21)) as price_before, cast(null as decimal(38,21)) as price,
        cast(null as string) as pricing_unit, cost, cost_before,
        event in ('unused_commitment', 'without_work', 'hand_over') as is_daily
    from items
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, event, item_id, other_id, first_day, last_day,
        resource_id, concat_ws(' ', sku_name, item_name), null, null, null, coalesce(cost, 0), coalesce(cost_before, 0), true
    from {{ ref('economics.receiver_event_resources') }}
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'price', item_id, null, first_day, last_day,
        resource_id, concat_ws(' ', sku_name, item_name), price_before, price, pricing_unit, cost, cost_before, false
    from {{ ref('economics.receiver_price_steps') }}
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'correction', null, null, null, null, null, null, null, null, null,
        change_cost, 0, false
    from {{ ref('economics.receiver_cost_changes') }}
    where effect = 'correction'
),

compared as (
    select
        amounts.* except (cost_before, is_daily),
        if(is_daily, {{ by_billed_days('cost_before', 'amounts.billing_month') }}, cost_before) as cost_before
    from amounts
    left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = amounts.billing_month
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    event,
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
from compared
