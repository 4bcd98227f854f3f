{% import "macros/unlike_delivered.sql" %}
with delivered as (
    select
        _source_id,
        cast(cast(coalesce(BillingPeriodStart, cast(_billing_period as string)) as timestamp) as date) as period,
        BillingCurrency as currency,
        sum(cast(BilledCost as decimal(38, 21))) as billed_cost,
        sum(cast(coalesce(EffectiveCost, BilledCost) as decimal(38, 21))) as effective_cost
    from {{ source('bronze.focus') }}
    group by all
)

{{ unlike_delivered(ref('focus.cost_and_usage'), "focus", {"billed_cost": "BilledCost", "effective_cost": "EffectiveCost"}) }}
