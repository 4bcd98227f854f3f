{% import "macros/charge_columns.sql" %}with charges as (
    select
        *,
        case ChargeCategory when 'Credit' then 'credit' when 'Tax' then 'tax' else 'direct' end as cost_kind,
        to_date(greatest(ChargePeriodStart, BillingPeriodStart)) as first_day,
        to_date(least(ChargePeriodEnd, BillingPeriodEnd) - interval 1 microsecond) as last_day
    from {{ ref('allocation.owned_charges') }}
),

dated as (
    select
        *,
        if(
            last_day > first_day and first_day <= x_ChargeDate + interval 31 days,
            sequence(first_day, last_day), array(x_ChargeDate)
        ) as days
    from charges
),

settled as (
    select
        *,
        explode(if(
            size(days) = 1,
            array(struct(
                x_ChargeDate as day, BilledCost as billed, ContractedCost as contracted, EffectiveCost as effective,
                ListCost as listed
            )),
            transform(
                arrays_zip(
                    days,
                    settle(BilledCost, array_repeat(1, size(days))),
                    settle(ContractedCost, array_repeat(1, size(days))),
                    settle(EffectiveCost, array_repeat(1, size(days))),
                    settle(ListCost, array_repeat(1, size(days)))
                ),
                p -> struct(p.days as day, p.`1` as billed, p.`2` as contracted, p.`3` as effective, p.`4` as listed)
            )
        )) as part
    from dated
)

select
    {{ charge_columns() }},
    part.billed as BilledCost,
    part.contracted as ContractedCost,
    part.effective as EffectiveCost,
    part.listed as ListCost,
    x_ChargeId,
    part.day as x_AllocationDate,
    x_SourceId,
    x_TeamId,
    x_ProjectId,
    x_Environment,
    x_ModelId,
    x_OwnerRuleId,
    x_PoolId,
    cost_kind as x_CostKind
from settled
