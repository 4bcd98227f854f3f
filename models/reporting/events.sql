{% import "macros/lines.sql" %}{% import "macros/sku_names.sql" %}{% import "macros/events.sql" %}with events as (
    select
        *,
        if(event in ('price', 'overlap'), regexp_extract(item_id, '^(.*?)( Used| Unused)? [0-9.]+$', 1), item_id) as described_item
    from {{ ref('economics.receiver_events') }}
),

teams as (
    select receiver_id as other_id, name as other_name from {{ source('conf.receivers') }}
),

sides as (
    {{ sides(ref('economics.monthly_usage')) }}
),

items as (
    select
        *, explode(array(
            coalesce(resource_id, sku_id), {{ sku_key('provider', 'service', 'sku_id', 'pricing_unit', 'null') }}
        )) as described_item
    from sides
),

-- the words for a resource are those of its SKU, and for a price those of the SKU that it names
described as (
    {{ described("items", "billing_currency, described_item") }}
)

select
    {{ receiver() }},
    position,
    {{ line_id("'h'") }} as line_id,
    event,
    first_day,
    last_day,
    item_id,
    resource_id,
    resource_name,
    other_id,
    other_name,
    price_before,
    price,
    pricing_unit,
    cost,
    cost_before,
    change,
    change_shown,
    reason,
    cause,
    node_id,
    accelerator_model,
    accelerators,
    empty_hours,
    run_id,
    run_name,
    run_status,
    run_user_id,
    workload_id,
    ended_day,
    ended_time,
    sku_description
from events
left join teams using (other_id)
left join described using (billing_month, billing_currency, described_item)
left join {{ ref('economics.event_causes') }} as causes using (billing_month, billing_currency, reason, item_id)
