with costs as (
    select * from {{ ref('economics.receiver_event_costs') }}
),

totals as (
    select billing_month, receiver_kind, receiver_id, billing_currency, sum(effective_cost) as total
    from {{ ref('economics.receiver_costs') }}
    group by all
),

compared as (
    select
        latest.*,
        before.total as total_before,
        in_proportion(before.total, day(last_day(latest.billing_month)), day(last_day(before.billing_month))) as total_by_day
    from totals as latest
    inner join totals as before
        on before.billing_month = add_months(latest.billing_month, -1)
        and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
),

sides as (
    select
        * except (billing_month, side), side.*,
        if(side.is_latest, effective_cost, null) as cost,
        if(side.is_latest, null, effective_cost) as cost_before
    from (
        select
            *,
            explode(array(
                named_struct('billing_month', billing_month, 'is_latest', true),
                named_struct('billing_month', add_months(billing_month, 1), 'is_latest', false)
            )) as side
        from costs
    )
),

-- bookings, commitments, days without work
items as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, kind as event, item_id, other_id,
        max(resource_id) as resource_id,
        max(concat_ws(' ', sku_name, item_name)) as resource_name,
        min(if(is_latest, first_day, null)) as first_day,
        max(if(is_latest, last_day, null)) as last_day,
        coalesce(sum(cost), 0) as cost,
        coalesce(sum(cost_before), 0) as cost_before
    from sides
    where kind <> 'usage'
    group by all
),

resources as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, item_id,
        max(item_name) as item_name,
        max(resource_id) as resource_id,
        max(if(kind = 'usage', struct(abs(effective_cost), provider, service, sku_id, pricing_unit, sku_name), null)) as main,
        max(is_latest) as is_here,
        max(not is_latest) as was_here,
        min(if(is_latest, first_day, null)) as first_day,
        max(last_day) as last_day,
        sum(if(kind = 'usage', cost, null)) as cost,
        sum(if(kind = 'usage', cost_before, null)) as cost_before
    from sides
    where kind in ('usage', 'without_work')
    group by all
),

held as (
    select
        *,
        collect_set(if(receiver_kind = 'team' and is_here, receiver_id, null)) over item as holders,
        collect_set(if(receiver_kind = 'team' and was_here, receiver_id, null)) over item as holders_before,
        not was_here and cost is not null as is_begun,
        not is_here and cost_before is not null as is_gone
    from resources
    window item as (partition by billing_month, billing_currency, item_id)
),

moved as (
    select
        *,
        if(
            size(holders) = 1 and size(holders_before) = 1 and holders[0] <> holders_before[0] and (is_begun or is_gone),
            if(is_begun, holders_before[0], holders[0]), null
        ) as other_id
    from held
),

-- of five resources that begin where three of the same SKU end, three replace the others and two are new
netted as (
    select
        *,
        count_if(is_begun and other_id is null) over sku as begun,
        count_if(is_gone and other_id is null) over sku as gone,
        row_number() over (
            partition by
                billing_month, receiver_id, billing_currency, main.provider, main.service, main.sku_id, main.pricing_unit,
                is_begun, is_gone, other_id is null
            order by abs(coalesce(cost, cost_before)) desc, item_id
        ) as place
    from moved
    window sku as (
        partition by billing_month, receiver_id, billing_currency, main.provider, main.service, main.sku_id, main.pricing_unit
    )
),

known as (
    select
        *,
        case
            when other_id is not null then 'hand_over'
            when is_begun and place <= begun - gone then 'new'
            when is_gone and place <= gone - begun then 'ended'
        end as event
    from netted
),

steps as (
    select
        sides.billing_month, sides.receiver_kind, sides.receiver_id, sides.billing_currency, sides.provider, sides.service, sides.sku_id, sides.pricing_unit,
        sides.commitment_status, sides.unit_price, is_latest,
        max(sides.sku_name) as sku_name,
        if(count(distinct sides.item_id) = 1, max(sides.item_name), null) as item_name,
        if(count(distinct sides.item_id) = 1, max(sides.resource_id), null) as resource_id,
        if(count(*) = count(sides.first_day), min(sides.first_day), null) as first_day,
        max(sides.last_day) as last_day,
        sum(sides.cost) as cost,
        sum(sides.cost_before) as cost_before,
        sum(pricing_quantity) as quantity
    from sides
    inner join known
        on known.billing_month = sides.billing_month and known.receiver_id = sides.receiver_id
        and known.billing_currency = sides.billing_currency and known.item_id = sides.item_id
    where known.event is null and kind = 'usage' and sides.unit_price is not null and pricing_quantity > 0 and sku_id is not null
    group by all
),

-- a price is a step if no other price of the SKU holds at the same time
ordered as (
    select
        *,
        coalesce(first_day < lag(last_day) over (
            partition by
                billing_month, receiver_id, billing_currency, provider, service, sku_id, pricing_unit, commitment_status, is_latest
            order by first_day, last_day, unit_price
        ), first_day is null) as is_mixed
    from steps
),

priced as (
    select
        *,
        max(is_mixed) over sku as has_mixed,
        count_if(is_latest) over sku as prices,
        count_if(not is_latest) over sku as prices_before,
        sum(cost_before) over sku as sku_cost_before,
        sum(if(is_latest, null, quantity)) over sku as sku_quantity_before
    from ordered
    window sku as (
        partition by billing_month, receiver_id, billing_currency, provider, service, sku_id, pricing_unit, commitment_status
    )
),

amounts as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, event, item_id, other_id, first_day, last_day, resource_id,
        resource_name, cast(null as decimal(38,21)) as price_before, cast(null as decimal(38,21)) as price,
        cast(null as string) as pricing_unit, cost, cost_before,
        event in ('unused_commitment', 'without_work', 'hand_over') as is_daily
    from items
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, event, item_id, other_id, if(is_gone, last_day, first_day), last_day,
        resource_id, concat_ws(' ', main.sku_name, item_name), null, null, null, coalesce(cost, 0), coalesce(cost_before, 0), true
    from known
    where event is not null
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'price', sku_id, null, first_day, last_day,
        resource_id, concat_ws(' ', sku_name, item_name), in_proportion(sku_cost_before, 1, sku_quantity_before),
        in_proportion(cost, 1, quantity), pricing_unit, cost, in_proportion(sku_cost_before, quantity, sku_quantity_before), false
    from priced
    where is_latest and not has_mixed and prices <= 2 and prices_before between 1 and 2
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'correction', null, null, null, null, null, null, null, null, null,
        change_cost, 0, false
    from {{ ref('economics.receiver_cost_changes') }}
    where effect = 'correction'
),

changes as (
    select *, less(cost, cost_before) as change
    from (
        select
            * except (cost_before, is_daily),
            if(is_daily, in_proportion(
                cost_before, day(last_day(billing_month)), day(last_day(add_months(billing_month, -1)))
            ), cost_before) as cost_before
        from amounts
    )
),

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency
            order by abs(change) desc, event, item_id, other_id, first_day, price
        ) as place
    from changes
    where round(change, 2) <> 0 or (event in ('credit', 'refund') and cost <> 0)
),

-- the last line begins as the whole difference
lines as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, place, event, first_day, last_day, resource_id, resource_name,
        other_id, price_before, price, pricing_unit, cost, cost_before, change, cast(round(change, 2) as decimal(38,2)) as shown
    from ranked
    where place <= 20
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, part.place, part.event, null, null, null, null,
        null, null, null, null, part.cost, part.cost_before, part.change, part.shown
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
    first_day,
    last_day,
    resource_id,
    nullif(resource_name, '') as resource_name,
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
