select
    *,
    case
        when EffectiveCost = BilledCost then null
        when CommitmentDiscountId is not null and ChargeCategory = 'Purchase' and ChargeFrequency = 'One-Time' then 'upfront_fee'
        when CommitmentDiscountId is not null then 'commitment'
        when BilledCost = 0 then 'purchase_part'
        when ChargeCategory = 'Purchase' then 'purchase'
        else 'other'
    end as bridge_step
from {{ ref('allocation.allocated_charges') }}
