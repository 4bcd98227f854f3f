with totals as (
    select billing_month, receiver_kind, receiver_id, billing_currency, sum(effective_cost) as total
    from {{ ref('economics.receiver_costs') }}
    group by all
),

calendar as (
    select billing_month, receiver_id, billing_currency, change_cost
    from {{ ref('economics.receiver_cost_changes') }}
    where effect = 'calendar'
),

compared as (
    select
        latest.*,
        before.total as total_before,
        coalesce(days.last_day, last_day(latest.billing_month)) as last_day,
        less(before.total, -coalesce(calendar.change_cost, 0)) as total_by_day
    from totals as latest
    inner join totals as before
        on before.billing_month = add_months(latest.billing_month, -1)
        and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
    left join {{ ref('economics.billed_days') }} as days on days.billing_month = latest.billing_month
    left join calendar
        on calendar.billing_month = latest.billing_month
        and calendar.receiver_id = latest.receiver_id and calendar.billing_currency = latest.billing_currency
),

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency
            order by abs(change) desc, event, item_id, other_id, first_day, price
        ) as place
    from {{ ref('economics.receiver_event_changes') }}
    where round(change, 2) <> 0
),

-- the last line begins as the whole difference
lines as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, place, event, reason, first_day, last_day, item_id, resource_id,
        resource_name, other_id, price_before, price, pricing_unit, cost, cost_before, change,
        cast(round(change, 2) as decimal(38,2)) as shown
    from ranked
    where place <= 20
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, part.place, part.event, null, null,
        if(part.place = 0, last_day, null), null, null, null, null, null, null, null, part.cost, part.cost_before, part.change, part.shown
    from (
        select
            *,
            explode(array(
                named_struct(
                    'place', 0, 'event', 'calendar', 'cost', total_by_day, 'cost_before', total_before,
                    'change', less(total_by_day, total_before),
                    'shown', cast(round(less(total_by_day, total_before), 2) as decimal(38,2))
                ),
                named_struct(
                    'place', 99, 'event', 'everything_else', 'cost', null, 'cost_before', null,
                    'change', less(total, total_before),
                    'shown', cast(round(total, 2) - round(total_before, 2) as decimal(38,2))
                )
            )) as part
        from compared
    )
),

summed as (
    select
        * except (change, shown),
        if(place = 99, less(change, sum(if(place = 99, 0, change)) over line), change) as change,
        if(place = 99, shown - sum(if(place = 99, 0, shown)) over line, shown) as shown,
        count_if(place = 99) over line as totals
    from lines
    window line as (partition by billing_month, receiver_id, billing_currency)
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    cast(row_number() over (partition by billing_month, receiver_id, billing_currency order by place) as int) as position,
    event,
    reason,
    first_day,
    last_day,
    item_id,
    resource_id,
    resource_name,
    other_id,
    price_before,
    price,
    pricing_unit,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before,
    cast(change as decimal(38,21)) as change,
    cast(shown as decimal(38,2)) as change_shown
from summed
where totals = 1 and (change <> 0 or shown <> 0 or place between 1 and 20)
