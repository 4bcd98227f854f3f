{% import "macros/uses.sql" %}{% macro split_off(whole, part, parts) %}coalesce(in_proportion({{ whole }}, {{ part }}, {{ parts }}), cast(0 as decimal(38, 21))){% endmacro %}
with uses as (
    select
        costs.*, attempts.model_id as run_model_id,
        struct(costs.use_kind, costs.run_id, costs.attempt, costs.endpoint_id, costs.linked_by, costs.link_problem) as used_by
    from {{ ref('economics.staged_costs') }} as costs
    left join {{ ref('telemetry.run_attempts') }} as attempts on costs.run_id = attempts.run_id and costs.attempt = attempts.attempt
),

-- allocated rows in parts, one for each use
parts as (
    select
        charges.*, share.used_by.model_id as used_model_id,
        struct(
            share.used_by.use_kind, share.used_by.run_id, share.used_by.attempt, share.used_by.endpoint_id,
            share.used_by.linked_by, share.used_by.link_problem
        ) as used_by,
        coalesce(in_proportion(EffectiveCost, share.weight, {{ total_weight("shares") }}), EffectiveCost) as part
    from {{ ref('economics.charge_shares') }} as charges
    lateral view explode(shares) as share
),

matched as (
    select
        struct(uses.*) as used, x_AllocationId as allocation_id, x_ChargeId as charge_id, x_OwnerRuleId as owner_rule_id,
        x_PoolId as pool_id, AllocatedMethodId as allocated_method_id, PricingUnit as pricing_unit,
        x_PricingQuantity as quantity, parts.EffectiveCost as allocated_cost, sum(part) as part
    from uses
    left join parts
        on uses.usage_date = parts.x_AllocationDate and uses.billing_month = parts.x_BillingMonth
        and uses.workload_id <=> parts.x_WorkloadId and uses.resource_id <=> parts.resource_id
        and uses.team_id <=> parts.x_TeamId and uses.project_id <=> parts.x_ProjectId
        and uses.environment <=> parts.x_Environment and uses.service_category <=> parts.ServiceCategory
        and uses.cost_kind = parts.x_CostKind and uses.billing_currency <=> parts.BillingCurrency
        and uses.pricing_category <=> parts.PricingCategory and uses.on_demand_basis <=> parts.on_demand_basis
        and case
            when uses.linked_by = 'team' then
                parts.used_by.use_kind is null and parts.used_by.link_problem is null
                and (parts.x_ModelId is null or uses.model_id <=> coalesce(uses.run_model_id, parts.x_ModelId))
            else uses.model_id <=> coalesce(parts.used_model_id, parts.x_ModelId) and uses.used_by <=> parts.used_by
        end
    group by all
),

split as (
    select
        *, {{ split_off("used.effective_cost", "part", "sum(part) over whole") }} as portion,
        row_number() over (partition by used order by part desc, allocation_id) as place
    from matched
    window whole as (partition by used rows between unbounded preceding and unbounded following)
),

-- what rounding leaves belongs to the largest row
exact as (
    select
        *, if(
            place = 1,
            plus(portion, less(used.effective_cost, sum(portion) over (
                partition by used rows between unbounded preceding and unbounded following
            ))), portion
        ) as cost
    from split
)

select
    used.usage_date as usage_date,
    used.billing_month as billing_month,
    used.stage as stage,
    used.use_kind as use_kind,
    used.run_id as run_id,
    used.attempt as attempt,
    used.endpoint_id as endpoint_id,
    used.workload_id as workload_id,
    used.team_id as team_id,
    used.model_id as model_id,
    used.cost_kind as cost_kind,
    used.billing_currency as billing_currency,
    used.linked_by as linked_by,
    used.link_problem as link_problem,
    allocation_id,
    charge_id,
    owner_rule_id,
    pool_id,
    allocated_method_id,
    allocated_cost,
    cast(cost as decimal(38, 21)) as effective_cost,
    in_proportion(quantity, cost, allocated_cost) as quantity,
    pricing_unit
from exact
