{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}with costs as (
    select * from {{ ref('economics.event_costs') }}
),

received as (
    {{ received("costs", "costs.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    kind,
    item_id,
    max(item_name) as item_name,
    max(resource_id) as resource_id,
    max(struct(abs(effective_cost), sku_name)).sku_name as sku_name,
    provider,
    service,
    sku_id,
    pricing_unit,
    commitment_status,
    unit_price,
    if(count(*) = count(first_day), min(first_day), null) as first_day,
    if(count(*) = count(last_day), max(last_day), null) as last_day,
    cast({{ known_sum("pricing_quantity") }} as decimal(38,21)) as pricing_quantity,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost
from received
group by billing_month, receiver, billing_currency, kind, item_id, provider, service, sku_id, pricing_unit, commitment_status, unit_price
