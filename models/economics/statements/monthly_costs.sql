with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
)

select
    x_BillingMonth as billing_month,
    x_TeamId as team_id,
    BillingCurrency as billing_currency,
    x_SourceId as source_id,
    ServiceProviderName as provider,
    ServiceCategory as service_category,
    ServiceName as service,
    x_ProjectId as project_id,
    x_Environment as environment,
    x_ModelId as model_id,
    x_CostKind as cost_kind,
    x_OwnerRuleId as rule_id,
    x_PoolId as pool_id,
    coalesce(Tags, '{}') <> '{}' as is_tagged,
    sum(BilledCost) as billed_cost,
    sum(ContractedCost) as contracted_cost,
    sum(EffectiveCost) as effective_cost,
    sum(ListCost) as list_cost,
    sum(x_FreeAcceleratorCost) as free_accelerator_cost,
    sum(less(EffectiveCost, x_FreeAcceleratorCost)) as stranded_cost
from charges
group by all
