{% import "macros/sku_names.sql" %}with resources as (
    select * from {{ ref('economics.receiver_resource_usage') }}
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
        coalesce(sum(if(cost_before is null and not is_lasting, quantity, 0)), 0) as begun_quantity,
        coalesce(sum(if(cost_before is null and not is_lasting, cost, 0)), 0) as begun_cost,
        coalesce(sum(if(cost is null and not is_lasting, quantity_by_day, 0)), 0) as ended_quantity,
        coalesce(sum(if(cost is null and not is_lasting, cost_by_day, 0)), 0) as ended_cost
    from resources
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
