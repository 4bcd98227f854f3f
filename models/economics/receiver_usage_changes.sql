{% import "macros/sku_names.sql" %}{% import "macros/events.sql" %}with usage as (
    select * from {{ ref('economics.receiver_usage') }}
),

statements as (
    select distinct billing_month, receiver_id, billing_currency from {{ ref('economics.receiver_costs') }}
),

compared as (
    select latest.*
    from statements as latest
    inner join statements as before
        on before.billing_month = add_months(latest.billing_month, -1)
        and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
),

sides as (
    select
        * except (billing_month),
        explode(array(
            named_struct('billing_month', billing_month, 'is_latest', true),
            named_struct('billing_month', add_months(billing_month, 1), 'is_latest', false)
        )) as side
    from usage
),

resources as (
    select
        side.billing_month, receiver_kind, receiver_id, billing_currency, cost_kind, pool_id, provider, service, sku_id,
        pricing_unit, resource_id,
        {{ common_name() }} as sku_name,
        max(if(side.is_latest, pricing_quantity, null)) as quantity,
        max(if(side.is_latest, effective_cost, null)) as cost,
        max(if(side.is_latest, null, pricing_quantity)) as quantity_before,
        max(if(side.is_latest, null, effective_cost)) as cost_before
    from sides
    group by all
),

-- the month before for as many days as the latest has
compared_resources as (
    select
        resources.*,
        {{ by_billed_days('quantity_before', 'resources.billing_month') }} as quantity_by_day,
        {{ by_billed_days('cost_before', 'resources.billing_month') }} as cost_by_day
    from resources
    left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = resources.billing_month
),

judged as (
    select
        *,
        case
            when cost_kind = 'shared' then 'pool'
            when cost_kind <> 'direct' then cost_kind
            when sku_id is null or pricing_unit is null then 'no_quantity'
            when cost is not null and coalesce(quantity, 0) <= 0 then 'no_quantity'
            when cost_before is not null and coalesce(quantity_before, 0) <= 0 then 'no_quantity'
            else 'usage'
        end as basis
    from compared_resources
),

items as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, basis, pool_id, provider, service, sku_id, pricing_unit,
        {{ common_name() }} as sku_name,
        if(basis = 'usage', coalesce(sum(quantity), 0), null) as quantity,
        if(basis = 'usage', coalesce(sum(quantity_before), 0), null) as quantity_before,
        coalesce(sum(cost), 0) as cost,
        coalesce(sum(cost_before), 0) as cost_before,
        if(basis = 'usage', coalesce(sum(quantity_by_day), 0), null) as quantity_by_day,
        coalesce(sum(cost_by_day), 0) as cost_by_day,
        coalesce(sum(if(cost_before is null, quantity, 0)), 0) as begun_quantity,
        coalesce(sum(if(cost_before is null, cost, 0)), 0) as begun_cost,
        coalesce(sum(if(cost is null, quantity_by_day, 0)), 0) as ended_quantity,
        coalesce(sum(if(cost is null, cost_by_day, 0)), 0) as ended_cost
    from judged
    group by all
),

netted as (
    select
        *,
        if(basis = 'usage', greatest(less(begun_quantity, ended_quantity), 0), 0) as new_quantity,
        if(basis = 'usage', greatest(less(ended_quantity, begun_quantity), 0), 0) as gone_quantity
    from items
    where cost <> 0 or cost_before <> 0
)

select
    netted.billing_month,
    netted.receiver_kind,
    netted.receiver_id,
    netted.billing_currency,
    netted.basis,
    netted.pool_id,
    netted.provider,
    netted.service,
    netted.sku_id,
    netted.pricing_unit,
    netted.sku_name,
    cast(netted.quantity as decimal(38,21)) as quantity,
    cast(netted.quantity_before as decimal(38,21)) as quantity_before,
    cast(netted.cost as decimal(38,21)) as cost,
    cast(netted.cost_before as decimal(38,21)) as cost_before,
    cast(netted.quantity_by_day as decimal(38,21)) as quantity_by_day,
    cast(netted.cost_by_day as decimal(38,21)) as cost_by_day,
    cast(netted.new_quantity as decimal(38,21)) as new_quantity,
    coalesce(in_proportion(netted.begun_cost, netted.new_quantity, netted.begun_quantity), 0) as new_cost,
    cast(netted.gone_quantity as decimal(38,21)) as gone_quantity,
    coalesce(in_proportion(netted.ended_cost, netted.gone_quantity, netted.ended_quantity), 0) as gone_cost
from netted
inner join compared
    on compared.billing_month = netted.billing_month
    and compared.receiver_id = netted.receiver_id and compared.billing_currency = netted.billing_currency
