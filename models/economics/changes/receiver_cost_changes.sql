{% import "macros/events.sql" %}{% import "macros/sku_names.sql" %}with items as (
    select * from {{ ref('economics.receiver_usage_changes') }}
),

pools as (
    select billing_month, billing_currency, pool_id, sum(effective_cost) as cost
    from {{ ref('economics.monthly_usage') }}
    where cost_kind = 'shared'
    group by all
),

-- what both months have: without what is new in the month, and without what ended after the month before
kept as (
    select
        items.*,
        less(items.cost, new_cost) as kept_cost,
        less(items.cost_by_day, gone_cost) as kept_cost_before,
        less(quantity, new_quantity) as kept_quantity,
        less(quantity_by_day, gone_quantity) as kept_quantity_before,
        sum(less(quantity, new_quantity)) over family as family_quantity,
        sum(less(quantity_by_day, gone_quantity)) over family as family_quantity_before,
        if(before.cost > 0, coalesce(latest.cost, 0), null) as pool_cost,
        before.cost as pool_cost_before
    from items
    left join pools as latest
        on latest.billing_month = items.billing_month
        and latest.billing_currency = items.billing_currency and latest.pool_id = items.pool_id
    left join pools as before
        on before.billing_month = add_months(items.billing_month, -1)
        and before.billing_currency = items.billing_currency and before.pool_id = items.pool_id
    window family as (
        partition by items.billing_month, items.receiver_id, items.billing_currency, items.basis, provider, service, pricing_unit
        rows between unbounded preceding and unbounded following
    )
),

-- the cost of the month before if first the quantity of the family were that of the month, then that of each SKU; and if the pool cost as much
steps as (
    select
        *,
        coalesce(in_proportion(kept_cost_before, family_quantity, family_quantity_before), kept_cost) as at_volume,
        coalesce(in_proportion(kept_cost_before, kept_quantity, kept_quantity_before), kept_cost) as at_mix,
        coalesce(in_proportion(cost_before, pool_cost, pool_cost_before), cost) as at_pool
    from kept
),

-- volume and mix of a family that go against each other come from units that do not compare, e.g. hours of large and small machines
comparable as (
    select
        *,
        if(
            signum(sum(less(at_volume, kept_cost_before)) over family) * signum(sum(less(at_mix, at_volume)) over family) < 0,
            at_mix, at_volume
        ) as at_comparable_volume
    from steps
    window family as (
        partition by billing_month, receiver_id, billing_currency, basis, provider, service, pricing_unit
        rows between unbounded preceding and unbounded following
    )
),

effects as (
    select *, explode(case basis
        when 'usage' then array(
            named_struct('effect', 'volume', 'change', less(at_comparable_volume, kept_cost_before)),
            named_struct('effect', 'mix', 'change', less(at_mix, at_comparable_volume)),
            named_struct('effect', 'price', 'change', less(kept_cost, at_mix)),
            named_struct('effect', 'new', 'change', new_cost),
            named_struct('effect', 'ended', 'change', -gone_cost))
        when 'pool' then array(
            named_struct('effect', 'pool_cost', 'change', less(at_pool, cost_by_day)),
            named_struct('effect', 'pool_share', 'change', less(cost, at_pool)))
        else array(named_struct('effect', basis, 'change', less(cost, cost_by_day)))
    end) as step
    from comparable
),

usage_sides as ({{ sides(ref('economics.monthly_usage')) }}),

described as ({{ described("usage_sides", "billing_currency, provider, service, sku_id") }}),

moved as (select * from {{ ref('economics.measured_receivers') }} where not is_comparable),

-- where telemetry began, what it moved is told from all else, whose items do not compare
measured as (
    select
        items.billing_month, items.receiver_kind, items.receiver_id, items.billing_currency, moved_cost,
        cast(less(less(sum(cost), sum(cost_by_day)), moved_cost) as decimal(38,21)) as other_cost
    from items
    inner join moved using (billing_month, receiver_id, billing_currency)
    group by all
)

select
    billing_month, receiver_kind, receiver_id, billing_currency, basis, step.effect, pool_id, provider, service, sku_id, pricing_unit,
    sku_name, sku_description, quantity, quantity_by_day as quantity_before, cost, cost_by_day as cost_before,
    cast(step.change as decimal(38,21)) as change_cost
from effects
left anti join moved using (billing_month, receiver_id, billing_currency)
left join described using (billing_month, billing_currency, provider, service, sku_id)
where step.change <> 0
union all
select
    billing_month, receiver_kind, receiver_id, billing_currency, effect, effect, null, null, null, null, null, null, null,
    null, null, null, null, cast(change as decimal(38,21))
from measured
lateral view stack(2, 'measured', moved_cost, 'other', other_cost) as effect, change
where change <> 0
union all
select
    billing_month, receiver_kind, receiver_id, billing_currency, 'calendar', 'calendar', null, null, null, null, null, null, null,
    null, null, sum(cost_by_day), sum(cost_before), cast(less(sum(cost_by_day), sum(cost_before)) as decimal(38,21))
from items
group by all
having sum(cost_by_day) <> sum(cost_before)
union all
select
    billing_month, receiver_kind, receiver_id, billing_currency, 'correction', 'correction', null, null, null, null, null, null, null,
    null, null, null, null, change_cost
from {{ ref('economics.receiver_corrections') }}
