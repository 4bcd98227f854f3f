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
    other_id,
    case
        when other_id is not null then 'hand_over'
        when is_begun then 'new'
        else 'ended'
    end as event,
    if(is_gone, last_day, first_day) as first_day,
    last_day,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before
from netted
inner join months as latest on latest.billing_month = netted.billing_month
inner join months as before on before.billing_month = add_months(netted.billing_month, -1)
where other_id is not null or (is_begun and place <= begun - gone) or (is_gone and place <= gone - begun)
