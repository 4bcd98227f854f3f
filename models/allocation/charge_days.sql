{% import "macros/charge_columns.sql" %}with charges as (
    select
        *,
        case ChargeCategory when 'Credit' then 'credit' when 'Tax' then 'tax' else 'direct' end as cost_kind,
        to_date(greatest(ChargePeriodStart, BillingPeriodStart)) as first_day,
        to_date(least(ChargePeriodEnd, BillingPeriodEnd) - interval 1 microsecond) as last_day
    from {{ ref('allocation.owned_charges') }}
),

long as (
    select *, sequence(first_day, last_day) as days
    from charges
    where last_day > first_day and first_day <= x_ChargeDate + interval 31 days
),

settled as (
    select
        *,
        settle(BilledCost, array_repeat(cast(1 as decimal(38, 18)), size(days))) as billed,
        settle(ContractedCost, array_repeat(cast(1 as decimal(38, 18)), size(days))) as contracted,
        settle(EffectiveCost, array_repeat(cast(1 as decimal(38, 18)), size(days))) as effective,
        settle(ListCost, array_repeat(cast(1 as decimal(38, 18)), size(days))) as listed
    from long
),

spread as (
    select *, explode(arrays_zip(days, billed, contracted, effective, listed)) as part from settled
)

select
    {{ charge_columns() }},
    BilledCost, ContractedCost, EffectiveCost, ListCost,
    x_ChargeId, x_ChargeDate as x_AllocationDate, x_SourceId,
    x_TeamId, x_ProjectId, x_Environment, x_ModelId, x_OwnerRuleId, x_PoolId,
    cost_kind as x_CostKind
from charges
where not coalesce(last_day > first_day and first_day <= x_ChargeDate + interval 31 days, false)
union all
select
    {{ charge_columns() }},
    part.billed, part.contracted, part.effective, part.listed,
    x_ChargeId, part.days as x_AllocationDate, x_SourceId,
    x_TeamId, x_ProjectId, x_Environment, x_ModelId, x_OwnerRuleId, x_PoolId,
    cost_kind
from spread
