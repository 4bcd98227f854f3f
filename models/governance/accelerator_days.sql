{% import "macros/arithmetic.sql" %}{% import "macros/machines.sql" %}with charges as (
    select
        x_AllocationDate as usage_date, BillingCurrency as billing_currency, SkuMeter as sku_meter,
        get_json_object(SkuPriceDetails, '$.InstanceType') as instance_type,
        {{ known_sum("x_PricingQuantity") }} as hours, sum(ListCost) as list_cost, sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    where x_NodeId is null and ChargeCategory = 'Usage' and PricingUnit = 'Hours' and x_CostKind in ('direct', 'idle', 'shared')
        and coalesce(CommitmentDiscountStatus, '') <> 'Unused'
    group by all
),

{{ named_machines(source('reference.platform_machines'), source('reference.accelerator_machines')) }},

used as (
    select
        usage_date, accelerator_model, billing_currency,
        {{ hours(known_sum("plus(allocated_s, node_idle_s)")) }} as accelerator_hours, sum(effective_cost) as effective_cost,
        cast(null as decimal(38, 21)) as list_cost
    from {{ ref('economics.accelerator_costs') }}
    where billing_currency is not null and accelerator_model is not null and effective_cost is not null
    group by all
    union all
    select
        charges.usage_date, named.of.accelerator_model, charges.billing_currency,
        cast(sum({{ multiplied("charges.hours", "named.of.accelerators", 9) }}) as decimal(38, 9)), sum(charges.effective_cost),
        sum(charges.list_cost)
    from charges
    inner join named on named.sku_meter <=> charges.sku_meter and named.instance_type <=> charges.instance_type
    where charges.hours > 0 and charges.billing_currency is not null
    group by all
),

priced as (
    select *, if(effective_cost > 0, 'effective', 'list') as rate_basis, if(effective_cost > 0, effective_cost, list_cost) as cost
    from used
)

select
    usage_date,
    accelerator_model,
    billing_currency,
    rate_basis,
    cast(sum(accelerator_hours) as decimal(38, 9)) as accelerator_hours,
    cast(sum(cost) as decimal(38, 21)) as cost
from priced
where accelerator_hours > 0 and cost > 0
group by all
