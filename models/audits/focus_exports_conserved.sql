with delivered as (
    select
        _source_id,
        cast(cast(coalesce(BillingPeriodStart, string(_billing_period)) as timestamp) as date) as period,
        BillingCurrency as currency,
        sum(cast(BilledCost as decimal(38, 21))) as billed_cost,
        sum(cast(coalesce(EffectiveCost, BilledCost) as decimal(38, 21))) as effective_cost
    from {{ source('bronze.focus') }}
    group by all
),

charged as (
    select
        x_SourceId,
        cast(BillingPeriodStart as date) as period,
        BillingCurrency as currency,
        sum(BilledCost) as billed_cost,
        sum(EffectiveCost) as effective_cost
    from {{ ref('focus.cost_and_usage') }}
    where x_SourceKind = 'focus'
    group by all
)

select
    coalesce(delivered._source_id, charged.x_SourceId) as source_id,
    coalesce(delivered.period, charged.period) as billing_period,
    coalesce(delivered.currency, charged.currency) as currency,
    delivered.billed_cost as delivered_billed_cost,
    charged.billed_cost,
    delivered.effective_cost as delivered_effective_cost,
    charged.effective_cost
from delivered
full join charged
    on delivered._source_id = charged.x_SourceId
    and delivered.period = charged.period
    and delivered.currency = charged.currency
where not (delivered.billed_cost <=> charged.billed_cost)
    or not (delivered.effective_cost <=> charged.effective_cost)
