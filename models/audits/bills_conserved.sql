with costs as (
    {{ every_cost() }}
),

delivered as (
    select source_id, period, currency, sum(billed_cost) as billed_cost, sum(effective_cost) as effective_cost
    from costs
    group by all
),

charged as (
    select
        x_SourceId as source_id, cast(BillingPeriodStart as date) as period, BillingCurrency as currency,
        sum(BilledCost) as billed_cost, sum(EffectiveCost) as effective_cost
    from {{ ref('focus.cost_and_usage') }}
    group by all
)

select
    coalesce(delivered.source_id, charged.source_id) as source_id,
    coalesce(delivered.period, charged.period) as billing_period,
    coalesce(delivered.currency, charged.currency) as currency,
    delivered.billed_cost as delivered_billed_cost,
    charged.billed_cost,
    delivered.effective_cost as delivered_effective_cost,
    charged.effective_cost
from delivered
full join charged
    on delivered.source_id = charged.source_id
    and delivered.period = charged.period
    and delivered.currency = charged.currency
where delivered.source_id is null
    or (delivered.billed_cost is not null and not (delivered.billed_cost <=> charged.billed_cost))
    or (delivered.effective_cost is not null and not (delivered.effective_cost <=> charged.effective_cost))
