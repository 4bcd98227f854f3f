{% import "macros/receivers.sql" %}{% import "macros/sku_names.sql" %}with usage as (
    select * from {{ ref('economics.monthly_usage') }}
),

received as (
    {{ received("usage", "usage.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    cost_kind,
    is_unused,
    item_kind,
    pool_id,
    provider,
    service,
    sku_id,
    pricing_unit,
    resource_id,
    {{ common_name() }} as sku_name,
    cast(if(count(*) = count(pricing_quantity), sum(pricing_quantity), null) as decimal(38,21)) as pricing_quantity,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost
from received
group by all
