-- Sums over all days, because a day that did not change keeps the charges of an earlier delivery.
select
    x_SourceId,
    BillingCurrency,
    sum(BilledCost) as billed_cost,
    sum(EffectiveCost) as effective_cost
from {{ ref('focus.cost_and_usage') }}
where x_SourceKind = 'mapping' and array_contains(x_SourceChanges, 'cost_spread_over_months')
group by all
having sum(BilledCost) <> sum(EffectiveCost)
