{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with totals as (
    select billing_month, receiver_id, billing_currency, round(sum(effective_cost), 2) as total
    from {{ ref('economics.receiver_costs') }}
    group by all
),

changes as (
    select * from {{ ref('economics.receiver_cost_changes') }}
),

-- each change twice: under its effect, and under its item
sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'effect' as breakdown, effect as basis,
        cast(null as string) as name, cast(null as string) as pool_id, cast(null as string) as provider,
        cast(null as string) as service, cast(null as string) as sku_id, cast(null as string) as pricing_unit,
        cast(null as string) as sku_description,
        cast(null as decimal(38,21)) as quantity, cast(null as decimal(38,21)) as quantity_before,
        cast(null as decimal(38,21)) as cost, cast(null as decimal(38,21)) as cost_before,
        sum(change_cost) as change
    from changes
    group by all
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, 'item', basis,
        case basis when 'usage' then coalesce(max(sku_name), sku_id) when 'pool' then pool_id else coalesce(max(sku_name), service) end,
        pool_id, provider, service, sku_id, pricing_unit, max(sku_description),
        max(quantity), max(quantity_before), max(cost), max(cost_before), sum(change_cost)
    from changes
    group by all
    having sum(change_cost) <> 0
),

-- effects are in a fixed order, items in that of their size; the calendar comes first in both
ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency, breakdown
            order by
                basis <> 'calendar',
                if(breakdown = 'effect', coalesce(nullif(array_position(array(
                    'measured', 'volume', 'mix', 'price', 'new', 'ended', 'pool_cost', 'pool_share', 'unused_commitment', 'idle', 'unallocated', 'credit', 'tax',
                    'no_quantity', 'correction'), basis), 0), 99), 0),
                abs(change) desc, basis, name, provider, service, sku_id, pricing_unit, change
        ) as line_rank,
        count(*) over (partition by billing_month, receiver_id, billing_currency, breakdown) as line_count
    from sums
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, breakdown,
        if(breakdown = 'effect', 'x', 'd') as letter,
        {{ folded(10, "breakdown = 'item'") }} as position,
        cast(count(*) as int) as members, if(count(*) = 1, max(basis), 'rest') as basis,
        if(count(*) = 1, max(struct(
            name, pool_id, provider, service, sku_id, pricing_unit, sku_description, quantity, quantity_before, cost, cost_before
        )), null) as item,
        sum(change) as change
    from ranked
    group by all
),

-- the calendar is rounded by itself, so that it is the same figure as among the events; the other lines are rounded down
rounded as (
    select *, cast(if(basis = 'calendar', round(change, 2), floor(change, 2)) as decimal(38,2)) as rounded_change
    from folded
),

-- the cents that are left to the difference of the printed totals go to the largest fractions; the first line takes the others
lines as (
    select
        rounded.*,
        row_number() over (
            partition by rounded.billing_month, rounded.receiver_id, rounded.billing_currency, rounded.breakdown
            order by basis = 'calendar', change - rounded_change desc, position
        ) as cent_rank,
        count_if(basis <> 'calendar') over breakdown_lines as lines_with_cents,
        cast((latest.total - before.total - sum(rounded_change) over breakdown_lines) * 100 as int) as cents_left
    from rounded
    inner join totals as latest
        on latest.billing_month = rounded.billing_month
        and latest.receiver_id = rounded.receiver_id and latest.billing_currency = rounded.billing_currency
    inner join totals as before
        on before.billing_month = add_months(rounded.billing_month, -1)
        and before.receiver_id = rounded.receiver_id and before.billing_currency = rounded.billing_currency
    window breakdown_lines as (
        partition by rounded.billing_month, rounded.receiver_id, rounded.billing_currency, rounded.breakdown
    )
)

select
    {{ receiver() }},
    breakdown,
    position,
    {{ line_id("letter") }} as line_id,
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
    cast(rounded_change + case
        when cent_rank = 1 then least(cents_left, 1) + greatest(cents_left - lines_with_cents, 0)
        when cent_rank <= cents_left then 1
        else 0
    end * 0.01 as decimal(38,2)) as change_shown,
    item.sku_description
from lines
left join {{ source('conf.pools') }} as pools on item.pool_id = pools.pool_id
