{% import "macros/charge_columns.sql" %}{% import "macros/charge_days.sql" %}{% import "macros/apportioned.sql" %}with charges as (
    select
        *,
        case ChargeCategory when 'Credit' then 'credit' when 'Tax' then 'tax' else 'direct' end as cost_kind,
        {{ first_day() }} as first_day,
        {{ last_day() }} as last_day
    from {{ ref('allocation.owned_charges') }}
),

dated as (
    select
        *,
        {{ spread_days() }} as days
    from charges
),

apportioned as (
    select
        *,
        {{ apportioned("BilledCost", "size(days) = 1", "array_repeat(1, size(days))") }} as billed,
        {{ apportioned("ContractedCost", "size(days) = 1", "array_repeat(1, size(days))") }} as contracted,
        {{ apportioned("EffectiveCost", "size(days) = 1", "array_repeat(1, size(days))") }} as effective,
        {{ apportioned("ListCost", "size(days) = 1", "array_repeat(1, size(days))") }} as listed,
        {{ apportioned("PricingCurrencyEffectiveCost", "size(days) = 1 or PricingCurrencyEffectiveCost is null", "array_repeat(1, size(days))") }} as priced,
        {{ apportioned("PricingQuantity", "size(days) = 1 or PricingQuantity is null", "array_repeat(1, size(days))") }} as quantities
    from dated
),

daily_charges as (
    select *, explode(arrays_zip(days, billed, contracted, effective, listed, priced, quantities)) as daily from apportioned
)

select
    {{ charge_columns("daily.priced as PricingCurrencyEffectiveCost") }},
    daily.billed as BilledCost,
    daily.contracted as ContractedCost,
    daily.effective as EffectiveCost,
    daily.listed as ListCost,
    daily.quantities as x_PricingQuantity,
    x_ChargeId,
    daily.days as x_AllocationDate,
    x_SourceId,
    x_TeamId,
    x_ProjectId,
    x_Environment,
    x_ModelId,
    x_OwnerRuleId,
    x_PoolId,
    x_EndpointId,
    x_EndpointRuleId,
    cost_kind as x_CostKind
from daily_charges
