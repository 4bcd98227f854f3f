{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.event_costs')) }}
),

priced as (
    select *, {{ sku_key('provider', 'service', 'sku_id', 'pricing_unit', 'commitment_status') }} as sku_key
    from sides
    where kind in ('usage', 'without_work') and unit_price is not null and pricing_quantity > 0 and sku_id is not null
),

steps as (
    select
        billing_month, billing_currency, sku_key, unit_price, is_latest,
        if(count(*) = count(first_day), min(first_day), null) as first_day,
        max(last_day) as last_day,
        sum(effective_cost) as cost,
        sum(pricing_quantity) as quantity
    from priced
    group by all
),

-- a price is a step if no other price of the SKU holds at the same time
ordered as (
    select
        *,
        coalesce(first_day < lag(last_day) over (
            partition by billing_month, billing_currency, sku_key, is_latest order by first_day, last_day, unit_price
        ), first_day is null) as is_mixed
    from steps
),

judged as (
    select
        *,
        max(is_mixed) over sku as has_mixed,
        count_if(is_latest) over sku as prices,
        count_if(not is_latest) over sku as prices_before,
        sum(if(is_latest, null, cost)) over sku as cost_before,
        sum(if(is_latest, null, quantity)) over sku as quantity_before
    from ordered
    window sku as (partition by billing_month, billing_currency, sku_key)
)

select
    priced.billing_month,
    priced.team_id,
    priced.project_id,
    priced.billing_currency,
    concat_ws(' ', priced.sku_key, priced.unit_price) as price_id,
    priced.kind,
    priced.item_id,
    priced.sku_name,
    priced.item_name,
    priced.resource_id,
    judged.first_day,
    judged.last_day,
    in_proportion(judged.cost_before, 1, judged.quantity_before) as price_before,
    in_proportion(judged.cost, 1, judged.quantity) as price,
    priced.pricing_unit,
    cast(priced.effective_cost as decimal(38,21)) as cost,
    in_proportion(judged.cost_before, priced.pricing_quantity, judged.quantity_before) as cost_before
from judged
inner join priced
    on priced.billing_month = judged.billing_month and priced.billing_currency = judged.billing_currency
    and priced.sku_key = judged.sku_key and priced.unit_price = judged.unit_price and priced.is_latest
where judged.is_latest and not has_mixed and prices <= 2 and prices_before between 1 and 2
