{% import "macros/sku_names.sql" %}{% import "macros/events.sql" %}with usage as (
    select
        * except (sku_id, pricing_unit, resource_id),
        if(is_unused, null, sku_id) as sku_id,
        if(is_unused, null, pricing_unit) as pricing_unit,
        if(is_unused, null, resource_id) as resource_id
    from {{ ref('economics.receiver_usage') }}
),

sides as (
    {{ sides("usage") }}
),

resources as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, item_kind, pool_id, provider, service, sku_id, pricing_unit,
        resource_id,
        {{ common_name() }} as sku_name,
        if(count_if(is_latest and pricing_quantity is null) = 0, sum(if(is_latest, pricing_quantity, null)), null) as quantity,
        if(count_if(not is_latest and pricing_quantity is null) = 0, sum(if(is_latest, null, pricing_quantity)), null) as quantity_before,
        sum(cost) as cost,
        sum(cost_before) as cost_before
    from sides
    group by all
)

select
    resources.billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    case
        when item_kind <> 'usage' then item_kind
        when sku_id is null or pricing_unit is null then 'no_quantity'
        when cost is not null and coalesce(quantity, 0) <= 0 then 'no_quantity'
        when cost_before is not null and coalesce(quantity_before, 0) <= 0 then 'no_quantity'
        else 'usage'
    end as basis,
    pool_id,
    provider,
    service,
    sku_id,
    pricing_unit,
    resource_id,
    sku_name,
    max(cost_before is not null) over bill and max(cost is not null) over bill as is_lasting,
    cast(quantity as decimal(38,21)) as quantity,
    cast(quantity_before as decimal(38,21)) as quantity_before,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before,
    {{ by_billed_days('quantity_before', 'resources.billing_month') }} as quantity_by_day,
    {{ by_billed_days('cost_before', 'resources.billing_month') }} as cost_by_day
from resources
left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = resources.billing_month
window bill as (
    partition by resources.billing_month, billing_currency, item_kind, pool_id, provider, service, sku_id, pricing_unit, resource_id
)
