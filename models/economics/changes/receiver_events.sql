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
        ) as line_order
    from {{ ref('economics.receiver_event_changes') }}
    where round(change, 2) <> 0
),

-- the calendar is the first line (0), everything else the last (99). Here the last line has the whole difference; the others are taken from it below
lines as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, line_order, event, reason, first_day, last_day, item_id, resource_id,
        resource_name, other_id, price_before, price, pricing_unit, cost, cost_before, change,
        cast(round(change, 2) as decimal(38,2)) as shown
    from ranked
    where line_order <= 20
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, total_line.line_order, total_line.event, null, null,
        if(total_line.line_order = 0, last_day, null), null, null, null, null, null, null, null,
        total_line.cost, total_line.cost_before, total_line.change, total_line.shown
    from (
        select
            *,
            explode(array(
                named_struct(
                    'line_order', 0, 'event', 'calendar', 'cost', total_by_day, 'cost_before', total_before,
                    'change', less(total_by_day, total_before),
                    'shown', cast(round(less(total_by_day, total_before), 2) as decimal(38,2))
                ),
                named_struct(
                    'line_order', 99, 'event', 'everything_else', 'cost', null, 'cost_before', null,
                    'change', less(total, total_before),
                    'shown', cast(round(total, 2) - round(total_before, 2) as decimal(38,2))
                )
            )) as total_line
        from compared
    )
),

summed as (
    select
        * except (change, shown),
        if(line_order = 99, less(change, sum(if(line_order = 99, 0, change)) over line), change) as change,
        if(line_order = 99, shown - sum(if(line_order = 99, 0, shown)) over line, shown) as shown,
        count_if(line_order = 99) over line as totals
    from lines
    window line as (partition by billing_month, receiver_id, billing_currency)
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    cast(row_number() over (partition by billing_month, receiver_id, billing_currency order by line_order) as int) as position,
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
where totals = 1 and (change <> 0 or shown <> 0 or line_order between 1 and 20)
