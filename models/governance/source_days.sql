select
    x_SourceId as source_id,
    BillingCurrency as billing_currency,
    x_ChargeDate as usage_date,
    cast(sum(EffectiveCost) as decimal(38,21)) as cost
from {{ ref('focus.cost_and_usage') }}
where ChargeCategory = 'Usage' and ChargePeriodEnd <= ChargePeriodStart + interval 1 day
group by all
