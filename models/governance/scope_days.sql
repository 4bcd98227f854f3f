with charges as (
    select
        if(trunc(x_AllocationDate, 'month') = x_BillingMonth, x_AllocationDate, x_BillingMonth) as usage_date,
        x_TeamId as team_id, x_ProjectId as project_id, x_ModelId as model_id, BillingCurrency as billing_currency,
        sum(EffectiveCost) as cost
    from {{ ref('allocation.allocated_charges') }}
    group by all
),

scoped as (
    select
        usage_date, billing_currency, cost,
        explode(map(
            'company', cast(null as string), 'team', team_id, 'project', project_id, 'model', model_id
        )) as (scope_kind, scope_value)
    from charges
)

select
    scope_kind,
    scope_value,
    billing_currency as unit,
    usage_date,
    cast(sum(cost) as decimal(38,21)) as amount
from scoped
where scope_kind = 'company' or scope_value is not null
group by all
union all
select 'budget', uses.budget_id, coalesce(budgets.currency, budgets.measure), uses.usage_date, uses.used
from {{ ref('governance.budget_use') }} as uses
inner join {{ source('conf.budgets') }} as budgets on uses.budget_id = budgets.budget_id
