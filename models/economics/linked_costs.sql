{% import "macros/arithmetic.sql" %}{% import "macros/uses.sql" %}with summed as (
    select
        x_AllocationDate as usage_date, x_BillingMonth as billing_month, x_NodeId as node_id, x_WorkloadId as workload_id, resource_id,
        x_TeamId as team_id, x_ProjectId as project_id, x_Environment as environment, x_ModelId as model_id,
        ServiceCategory as service_category, x_CostKind as cost_kind, BillingCurrency as billing_currency, shares,
        PricingCategory as pricing_category, on_demand_basis, {{ known_sum("on_demand_cost") }} as on_demand_cost,
        sum(BilledCost) as billed_cost, sum(ContractedCost) as contracted_cost, sum(EffectiveCost) as effective_cost,
        sum(ListCost) as list_cost, sum(x_WorkloadIdleCost) as workload_idle_cost
    from {{ ref('economics.charge_shares') }}
    group by all
),

split as (
    select *, {{ split_over_uses() }} from summed
),

parts as (
    select *, explode({{ zipped_uses() }}) as part from split
)

select
    {{ columns_of_part() }},
    part.billed as billed_cost,
    part.contracted as contracted_cost,
    part.effective as effective_cost,
    part.listed as list_cost,
    part.on_demand as on_demand_cost,
    part.workload_idle as workload_idle_cost
from parts
