with held as (
    select
        usage_date, provider_resource_id, workload_id, team_id, model_id,
        array_sort(collect_list(struct(accelerator_model, cast(seconds as decimal(38, 18)) as weight))) as models
    from (
        select usage_date, provider_resource_id, workload_id, team_id, model_id, accelerator_model, sum(accelerator_s) as seconds
        from {{ ref('allocation.workload_owners') }}
        where accelerator_s > 0
        group by all
    )
    group by all
),

split as (
    select charges.*, held.models, apportion(charges.EffectiveCost, held.models.weight) as costs
    from {{ ref('allocation.allocated_charges') }} as charges
    inner join held
        on charges.x_AllocationDate = held.usage_date and charges.x_NodeId = held.provider_resource_id
        and charges.x_WorkloadId = held.workload_id and charges.x_TeamId <=> held.team_id and charges.x_ModelId <=> held.model_id
    where charges.x_CostKind = 'direct'
),

by_model as (
    select *, explode(arrays_zip(models, costs)) as of_model from split
)

select
    x_AllocationId,
    x_ChargeId,
    x_AllocationDate,
    x_BillingMonth,
    x_NodeId,
    x_WorkloadId,
    x_TeamId,
    x_ModelId,
    BillingCurrency,
    x_CostKind,
    x_OwnerRuleId,
    x_PoolId,
    AllocatedMethodId,
    of_model.models.accelerator_model as accelerator_model,
    of_model.costs as EffectiveCost
from by_model
