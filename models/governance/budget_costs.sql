{% import "macros/budgets.sql" %}with scopes as (
    select * from {{ ref('governance.budget_scopes') }}
),

of_charges as (
    {{ of_their_cost_centre(ref('governance.budget_days'), "scopes", ref('economics.receivers')) }}
),

costs as (
    select budget_id, usage_date, billing_month, billing_currency, billed_cost, contracted_cost, effective_cost, list_cost
    from of_charges
    union all
    select
        runs.budget_id, uses.usage_date, uses.billing_month, uses.billing_currency,
        uses.billed_cost, uses.contracted_cost, uses.effective_cost, uses.list_cost
    from {{ ref('economics.use_costs') }} as uses
    inner join {{ ref('governance.budget_runs') }} as runs on uses.run_id = runs.run_id
    union all
    -- what a tenant costs is known by month
    select scopes.budget_id, tokens.usage_month, tokens.usage_month, tokens.billing_currency, null, null, tokens.cost, null
    from {{ ref('economics.token_costs') }} as tokens
    inner join scopes on scopes.scope_kind = 'tenant' and tokens.tenant_id = scopes.scope_value
    where tokens.cost is not null
)

-- what belongs to no day of its billing month is of the first, as in reporting.statement_days
select
    costs.budget_id,
    if(trunc(costs.usage_date, 'month') = costs.billing_month, costs.usage_date, costs.billing_month) as usage_date,
    cast(sum(case budgets.cost_basis
        when 'effective' then costs.effective_cost
        when 'billed' then costs.billed_cost
        when 'contracted' then costs.contracted_cost
        when 'list' then costs.list_cost
    end) as decimal(38,21)) as cost
from costs
inner join {{ ref('governance.budgets') }} as budgets
    on costs.budget_id = budgets.budget_id and costs.billing_currency = budgets.currency
group by all
