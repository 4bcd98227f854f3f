with changes as (
    select * from {{ ref('economics.receiver_cost_changes') }}
),

totals as (
    select billing_month, receiver_id, billing_currency, round(sum(effective_cost), 2) as total
    from {{ ref('economics.receiver_costs') }}
    group by all
),

items as (
    select
        *,
        case
            when effect in ('volume', 'mix', 'price', 'new', 'ended') then 'usage'
            when effect in ('pool_cost', 'pool_share') then 'pool'
            else effect
        end as basis
    from changes
),

parts as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'effect' as breakdown, effect as basis,
        cast(null as string) as name, cast(null as string) as pool_id, cast(null as string) as provider,
        cast(null as string) as service, cast(null as string) as sku_id, cast(null as string) as pricing_unit,
        cast(null as decimal(38,21)) as quantity, cast(null as decimal(38,21)) as quantity_before,
        cast(null as decimal(38,21)) as cost, cast(null as decimal(38,21)) as cost_before,
        sum(change_cost) as change
    from items
    group by all
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'item', basis,
        case basis when 'usage' then coalesce(max(sku_name), sku_id) when 'pool' then pool_id else coalesce(max(sku_name), service) end,
        pool_id, provider, service, sku_id, pricing_unit,
        max(quantity), max(quantity_before), max(cost), max(cost_before), sum(change_cost)
    from items
    group by all
    having sum(change_cost) <> 0
),

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency, breakdown
            order by
                basis <> 'calendar',
                if(breakdown = 'effect', coalesce(nullif(array_position(array(
                    'volume', 'mix', 'price', 'new', 'ended', 'pool_cost', 'pool_share', 'unused_commitment', 'idle', 'unallocated', 'credit', 'tax',
                    'no_quantity', 'correction'), basis), 0), 99), 0),
                abs(change) desc, basis, name, provider, service, sku_id, pricing_unit, change
        ) as place,
        count(*) over (partition by billing_month, receiver_id, billing_currency, breakdown) as places
    from parts
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, breakdown,
        if(breakdown = 'effect', 'x', 'd') as letter,
        cast(if(places > 11 and breakdown = 'item', least(place, 11), place) as int) as position,
        cast(count(*) as int) as members, if(count(*) = 1, max(basis), 'rest') as basis,
        if(count(*) = 1, max(struct(
            name, pool_id, provider, service, sku_id, pricing_unit, quantity, quantity_before, cost, cost_before
        )), null) as item,
        sum(change) as change
    from ranked
    group by all
),

cents as (
    select
        folded.*,
        row_number() over (partition by line order by basis = 'calendar', change - whole desc, position) as turn,
        count_if(basis <> 'calendar') over (partition by line) as lines,
        cast((latest.total - before.total - sum(whole) over (partition by line)) * 100 as int) as cents_left
    from (
        select
            *, struct(billing_month, receiver_id, billing_currency, breakdown) as line,
            cast(if(basis = 'calendar', round(change, 2), floor(change, 2)) as decimal(38,2)) as whole
        from folded
    ) as folded
    inner join totals as latest
        on latest.billing_month = folded.billing_month
        and latest.receiver_id = folded.receiver_id and latest.billing_currency = folded.billing_currency
    inner join totals as before
        on before.billing_month = add_months(folded.billing_month, -1)
        and before.receiver_id = folded.receiver_id and before.billing_currency = folded.billing_currency
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    breakdown,
    letter,
    position,
    members,
    basis,
    coalesce(pools.name, item.name) as name,
    item.pool_id,
    item.provider,
    item.service,
    item.sku_id,
    item.pricing_unit,
    item.quantity,
    item.quantity_before,
    in_proportion(item.cost, 1, nullif(item.quantity, 0)) as unit_price,
    in_proportion(item.cost_before, 1, nullif(item.quantity_before, 0)) as unit_price_before,
    cast(change as decimal(38,21)) as change_cost,
    cast(whole + case
        when turn = 1 then least(cents_left, 1) + greatest(cents_left - lines, 0)
        when turn <= cents_left then 1
        else 0
    end * 0.01 as decimal(38,2)) as change_shown
from cents
left join {{ source('conf.pools') }} as pools on item.pool_id = pools.pool_id
