{% import "macros/arithmetic.sql" %}{% import "macros/machines.sql" %}with charges as (
    select
        cast(trunc(x_AllocationDate, 'month') as date) as usage_month, x_TeamId as team_id, BillingCurrency as billing_currency, SkuMeter as sku_meter,
        get_json_object(SkuPriceDetails, '$.InstanceType') as instance_type, x_NodeId is null as is_billed_only,
        {{ known_sum("x_PricingQuantity") }} as hours, sum(if(CommitmentDiscountId is null, 0, x_PricingQuantity)) as committed_hours,
        sum(if(PricingCategory = 'Dynamic', x_PricingQuantity, 0)) as spot_hours,
        sum(ListCost) as list_cost, sum(ContractedCost) as contracted_cost, sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    where ChargeCategory = 'Usage' and PricingUnit = 'Hours' and x_CostKind in ('direct', 'idle', 'shared')
        and coalesce(CommitmentDiscountStatus, '') <> 'Unused'
    group by all
),

{{ named_machines(source('reference.platform_machines'), source('reference.accelerator_machines')) }}

select
    charges.usage_month,
    charges.team_id,
    charges.billing_currency,
    charges.sku_meter,
    charges.instance_type,
    named.of.accelerator_model as accelerator_model,
    charges.is_billed_only,
    cast({{ multiplied("charges.hours", "named.of.accelerators", 9) }} as decimal(38, 9)) as accelerator_hours,
    cast({{ multiplied("charges.committed_hours", "named.of.accelerators", 9) }} as decimal(38, 9)) as committed_hours,
    cast({{ multiplied("charges.spot_hours", "named.of.accelerators", 9) }} as decimal(38, 9)) as spot_hours,
    cast(charges.list_cost as decimal(38, 21)) as list_cost,
    cast(charges.contracted_cost as decimal(38, 21)) as contracted_cost,
    cast(charges.effective_cost as decimal(38, 21)) as effective_cost
from charges
inner join named on named.sku_meter <=> charges.sku_meter and named.instance_type <=> charges.instance_type
