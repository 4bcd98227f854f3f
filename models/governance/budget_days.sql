{% import "macros/facts.sql" %}with charges as (
    select
        x_AllocationDate as usage_date, x_BillingMonth as billing_month, x_TeamId as team_id, BillingCurrency as billing_currency,
        BilledCost as billed_cost, ContractedCost as contracted_cost, EffectiveCost as effective_cost, ListCost as list_cost,
        {{ allocated_facts() }} as facts
    from {{ ref('allocation.allocated_charges') }}
),

scopes as (
    select budget_id, map_entries(conditions) as conditions
    from {{ source('conf.budget_scopes') }}
    where scope_kind not in ('experiment', 'run', 'user', 'tenant')
)

select
    scopes.budget_id,
    charges.usage_date,
    charges.billing_month,
    charges.team_id,
    charges.billing_currency,
    cast(sum(charges.billed_cost) as decimal(38,21)) as billed_cost,
    cast(sum(charges.contracted_cost) as decimal(38,21)) as contracted_cost,
    cast(sum(charges.effective_cost) as decimal(38,21)) as effective_cost,
    cast(sum(charges.list_cost) as decimal(38,21)) as list_cost
from charges
inner join scopes on forall(scopes.conditions, c -> try_element_at(charges.facts, c.key) <=> c.value)
group by all
