select
    x_SourceId,
    x_SourceFile,
    x_SourceRow,
    sum(BilledCost) as billed_cost,
    sum(EffectiveCost) as effective_cost
from {{ ref('focus.mapped_charges') }}
group by all
having count(*) > 1 and sum(BilledCost) <> sum(EffectiveCost)
