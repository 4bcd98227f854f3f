{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.receiver_event_costs')) }}
),

items as (
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
),

measured as (
    select * from {{ ref('economics.measured_receivers') }}
),

-- where telemetry began, the items of a statement into or out of which it moved cost do not compare, and no earlier work was seen
events as (
    select items.*
    from items
    left join measured
        on measured.billing_month = items.billing_month
        and measured.receiver_id = items.receiver_id and measured.billing_currency = items.billing_currency
    where measured.receiver_id is null or (measured.is_comparable and coalesce(reason, event) <> 'without_work')
    union all
    select
        measured.billing_month, measured.receiver_kind, measured.receiver_id, measured.billing_currency, 'measured', null, null, null, null,
        null, null, null, null, null, null, greatest(moved_cost, 0), greatest(-moved_cost, 0)
    from measured
    where not is_comparable
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
