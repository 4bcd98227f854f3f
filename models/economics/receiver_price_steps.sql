{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.receiver_event_costs')) }}
),

resources as (
    select * from {{ ref('economics.receiver_event_resources') }}
),

steps as (
    select
        sides.billing_month, sides.receiver_kind, sides.receiver_id, sides.billing_currency, sides.provider, sides.service,
        sides.sku_id, sides.pricing_unit, sides.commitment_status, sides.unit_price, is_latest,
        max(sides.sku_name) as sku_name,
        if(count(distinct sides.item_id) = 1, max(sides.item_name), null) as item_name,
        if(count(distinct sides.item_id) = 1, max(sides.resource_id), null) as resource_id,
        if(count(*) = count(sides.first_day), min(sides.first_day), null) as first_day,
        max(sides.last_day) as last_day,
        sum(sides.cost) as cost,
        sum(sides.cost_before) as cost_before,
        sum(pricing_quantity) as quantity
    from sides
    left anti join resources
        on resources.billing_month = sides.billing_month and resources.receiver_id = sides.receiver_id
        and resources.billing_currency = sides.billing_currency and resources.item_id = sides.item_id
    where kind = 'usage' and sides.unit_price is not null and pricing_quantity > 0 and sku_id is not null
    group by all
),

-- a price is a step if no other price of the SKU holds at the same time
ordered as (
    select
        *,
        coalesce(first_day < lag(last_day) over (
            partition by
                billing_month, receiver_id, billing_currency, provider, service, sku_id, pricing_unit, commitment_status, is_latest
            order by first_day, last_day, unit_price
        ), first_day is null) as is_mixed
    from steps
),

priced as (
    select
        *,
        max(is_mixed) over sku as has_mixed,
        count_if(is_latest) over sku as prices,
        count_if(not is_latest) over sku as prices_before,
        sum(cost_before) over sku as sku_cost_before,
        sum(if(is_latest, null, quantity)) over sku as sku_quantity_before
    from ordered
    window sku as (
        partition by billing_month, receiver_id, billing_currency, provider, service, sku_id, pricing_unit, commitment_status
    )
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    concat_ws(' ', {{ sku_key('provider', 'service', 'sku_id', 'pricing_unit', 'commitment_status') }}, unit_price) as item_id,
    sku_id,
    sku_name,
    item_name,
    resource_id,
    first_day,
    last_day,
    in_proportion(sku_cost_before, 1, sku_quantity_before) as price_before,
    in_proportion(cost, 1, quantity) as price,
    pricing_unit,
    cast(cost as decimal(38,21)) as cost,
    in_proportion(sku_cost_before, quantity, sku_quantity_before) as cost_before
from priced
where is_latest and not has_mixed and prices <= 2 and prices_before between 1 and 2
