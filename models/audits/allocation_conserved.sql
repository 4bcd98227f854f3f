with charges as (
    select
        x_ChargeId,
        sum(BilledCost) as billed, sum(ContractedCost) as contracted, sum(EffectiveCost) as effective, sum(ListCost) as list,
        sum(PricingCurrencyEffectiveCost) as priced, sum(PricingQuantity) as quantity
    from {{ ref('focus.cost_and_usage') }}
    group by all
),

allocated as (
    select
        x_ChargeId,
        sum(BilledCost) as billed, sum(ContractedCost) as contracted, sum(EffectiveCost) as effective, sum(ListCost) as list,
        sum(PricingCurrencyEffectiveCost) as priced, sum(x_PricingQuantity) as quantity
    from {{ ref('allocation.allocated_charges') }}
    group by all
)

select
    coalesce(charges.x_ChargeId, allocated.x_ChargeId) as x_ChargeId,
    charges.billed, allocated.billed as allocated_billed, charges.effective, allocated.effective as allocated_effective
from charges
full outer join allocated on charges.x_ChargeId = allocated.x_ChargeId
where
    charges.billed is distinct from allocated.billed
    or charges.contracted is distinct from allocated.contracted
    or charges.effective is distinct from allocated.effective
    or charges.list is distinct from allocated.list
    or charges.priced is distinct from allocated.priced
    or charges.quantity is distinct from allocated.quantity
