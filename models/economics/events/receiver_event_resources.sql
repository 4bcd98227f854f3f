{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.receiver_event_costs')) }}
),

months as (
    select distinct billing_month from {{ ref('economics.event_costs') }}
),

resources as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, item_id,
        max(item_name) as item_name,
        max(resource_id) as resource_id,
        max(if(kind = 'usage', struct(abs(effective_cost), provider, service, sku_id, pricing_unit, sku_name), null)) as main,
        max(is_latest) as is_here,
        max(not is_latest) as was_here,
        min(if(is_latest and kind = 'usage', first_day, null)) as first_day,
        max(if(kind = 'usage', last_day, null)) as last_day,
        sum(if(kind = 'usage', cost, null)) as cost,
        sum(if(kind = 'usage', cost_before, null)) as cost_before
    from sides
    where kind in ('usage', 'without_work')
    group by all
),

held as (
    select
        *,
        collect_set(if(receiver_kind = 'team' and cost is not null, receiver_id, null)) over item as holders,
        collect_set(if(receiver_kind = 'team' and cost_before is not null, receiver_id, null)) over item as holders_before,
        cost is not null and cost_before is null as is_begun,
        cost is null and cost_before is not null as is_gone,
        max(is_here) over item and max(was_here) over item as is_lasting
    from resources
    window item as (partition by billing_month, billing_currency, item_id)
),

-- handed over: the one team that had it has it no more, or the one team that has it is another one
judged as (
    select
        *,
        is_begun and not is_lasting as is_new,
        is_gone and not is_lasting as is_ended,
        is_lasting and resource_id is not null and (is_begun or is_gone)
        and size(array_intersect(holders, holders_before)) = 0 and least(size(holders), size(holders_before)) = 1 as is_handed,
        if(is_begun, holders_before, holders) as others
    from held
),

-- of five resources that begin where three of the same SKU end, three replace the others and two are new
netted as (
    select
        *,
        count_if(is_new) over sku as begun,
        count_if(is_ended) over sku as gone,
        row_number() over (
            partition by
                billing_month, receiver_id, billing_currency, main.provider, main.service, main.sku_id, main.pricing_unit, is_new, is_ended
            order by abs(coalesce(cost, cost_before)) desc, item_id
        ) as rank_by_cost
    from judged
    window sku as (
        partition by billing_month, receiver_id, billing_currency, main.provider, main.service, main.sku_id, main.pricing_unit
    )
)

select
    netted.billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    item_id,
    item_name,
    resource_id,
    main.sku_name,
    if(is_handed and size(others) = 1, others[0], null) as other_id,
    case
        when is_handed then 'hand_over'
        when is_new then 'new'
        else 'ended'
    end as event,
    if(is_gone, last_day, first_day) as first_day,
    last_day,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before
from netted
inner join months as latest on latest.billing_month = netted.billing_month
inner join months as before on before.billing_month = add_months(netted.billing_month, -1)
where is_handed or (is_new and rank_by_cost <= begun - gone) or (is_ended and rank_by_cost <= gone - begun)
