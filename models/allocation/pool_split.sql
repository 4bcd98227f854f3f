{% import "macros/charge_columns.sql" %}with charges as (
    select * from {{ ref('allocation.charge_days') }} where x_PoolId is not null
),

receivers as (
    select
        allocation_date, pool_id, max(driver) as driver,
        array_sort(collect_list(struct(team_id, cast(units as decimal(38, 18)) as weight))) as receivers
    from {{ ref('allocation.pool_units') }}
    group by allocation_date, pool_id
),

joined as (
    select charges.*, receivers.receivers, receivers.driver
    from charges
    inner join receivers
        on charges.x_PoolId = receivers.pool_id and charges.x_AllocationDate = receivers.allocation_date
),

settled as (
    select
        *,
        transform(receivers, r -> r.weight) as weights,
        settle(BilledCost, transform(receivers, r -> r.weight)) as billed,
        settle(ContractedCost, transform(receivers, r -> r.weight)) as contracted,
        settle(EffectiveCost, transform(receivers, r -> r.weight)) as effective,
        settle(ListCost, transform(receivers, r -> r.weight)) as listed
    from joined
),

parts as (
    select *, explode(arrays_zip(receivers, billed, contracted, effective, listed)) as part from settled
)

select
    {{ charge_columns() }},
    part.billed as BilledCost,
    part.contracted as ContractedCost,
    part.effective as EffectiveCost,
    part.listed as ListCost,
    concat('pool-', split(driver, ' ')[0]) as AllocatedMethodId,
    to_json(named_struct('Elements', array(named_struct(
        'UsageUnit', driver, 'UsageQuantity', part.receivers.weight)))) as AllocatedMethodDetails,
    cast(null as string) as AllocatedResourceId,
    cast(null as string) as AllocatedTags,
    cast(null as string) as x_WorkloadId,
    x_ChargeId,
    x_AllocationDate,
    x_SourceId,
    part.receivers.team_id as x_TeamId,
    cast(null as string) as x_ProjectId,
    cast(null as string) as x_Environment,
    cast(null as string) as x_ModelId,
    concat('pool ', x_PoolId) as x_OwnerRuleId,
    x_PoolId,
    if(x_CostKind = 'direct', 'shared', x_CostKind) as x_CostKind,
    part.receivers.team_id as receiver_id
from parts
