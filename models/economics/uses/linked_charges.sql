{% import "macros/ledger.sql" %}with charges as (
    select
        x_AllocationDate as usage_date, x_BillingMonth as billing_month, x_WorkloadId as workload_id, resource_id,
        x_TeamId as team_id, x_ProjectId as project_id, x_Environment as environment, x_ModelId as model_id,
        ServiceCategory as service_category, x_CostKind as cost_kind, BillingCurrency as billing_currency,
        PricingCategory as pricing_category, on_demand_basis, BilledCost as billed_cost, ContractedCost as contracted_cost,
        EffectiveCost as effective_cost, ListCost as list_cost, on_demand_cost, x_WorkloadIdleCost as workload_idle_cost,
        x_AllocationId as allocation_id, x_ChargeId as charge_id, x_OwnerRuleId as owner_rule_id, x_PoolId as pool_id,
        AllocatedMethodId as allocated_method_id, EffectiveCost as allocated_cost, x_PricingQuantity as allocated_quantity,
        PricingUnit as pricing_unit, shares
    from {{ ref('economics.charge_shares') }}
),

split as (
    select *, {{ split_over_uses() }} from charges
),

parts as (
    select *, explode({{ zipped_uses() }}) as charge_part from split
)

select
    {{ columns_of_part() }}
from parts
