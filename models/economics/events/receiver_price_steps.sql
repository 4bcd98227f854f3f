{% import "macros/receivers.sql" %}with steps as (
    select * from {{ ref('economics.price_steps') }}
),

received as (
    {{ received("steps", "steps.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    price_id,
    kind,
    item_id,
    sku_name,
    max(item_name) as item_name,
    max(resource_id) as resource_id,
    first_day,
    last_day,
    price_before,
    price,
    pricing_unit,
    cast(sum(cost) as decimal(38,21)) as cost,
    cast(sum(cost_before) as decimal(38,21)) as cost_before
from received
group by all
