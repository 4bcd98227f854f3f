{% import "macros/receivers.sql" %}with moves as (
    select * from {{ ref('economics.event_moves') }}
),

received as (
    {{ received("moves", "moves.billing_month", ref('economics.receivers'), "project_id") }}
),

summed as (
    select
        billing_month, receiver, billing_currency, event, item_id,
        max(is_idle) as is_idle,
        max(resource_name) as resource_name,
        max(resource_id) as resource_id,
        min(first_day) as first_day,
        max(last_day) as last_day,
        array_distinct(flatten(array_sort(collect_list(other_ids)))) as other_ids,
        sum(cost) as cost,
        sum(cost_before) as cost_before,
        sum(if(is_idle, 0, less(cost, cost_before))) as use_change
    from received
    group by all
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    if(is_idle, event, 'hand_over') as event,
    event as reason,
    item_id,
    resource_name,
    resource_id,
    first_day,
    last_day,
    if(size(other_ids) = 1, other_ids[0], null) as other_id,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before,
    cast(use_change as decimal(38,21)) as use_change
from summed
