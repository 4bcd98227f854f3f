with scopes as (
    select * from {{ source('conf.budget_scopes') }}
),

-- a cost centre has the teams of the month, as its statement has
of_charges as (
    select days.*
    from {{ ref('governance.budget_days') }} as days
    inner join scopes on days.budget_id = scopes.budget_id
    left join {{ ref('economics.receivers') }} as centres
        on scopes.scope_kind = 'cost_centre' and centres.receiver_kind = 'cost_centre'
        and centres.short_id = scopes.scope_value and centres.covered_id = days.team_id
        and (centres.only_month is null or centres.only_month = days.billing_month)
        and array_contains(centres.except_months, days.billing_month) is not true
    where scopes.scope_kind <> 'cost_centre' or centres.receiver_id is not null
),

runs as (
    select distinct scopes.budget_id, runs.run_id
    from {{ ref('economics.training_runs') }} as runs
    inner join scopes on scopes.scope_kind = 'experiment' and runs.experiment_id = scopes.scope_value
    where runs.part = 'run'
),

costs as (
    select budget_id, usage_date, billing_month, billing_currency, billed_cost, contracted_cost, effective_cost, list_cost
    from of_charges
    union all
    select
        runs.budget_id, uses.usage_date, uses.billing_month, uses.billing_currency,
        uses.billed_cost, uses.contracted_cost, uses.effective_cost, uses.list_cost
    from {{ ref('economics.use_costs') }} as uses
    inner join runs on uses.run_id = runs.run_id
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
inner join {{ source('conf.budgets') }} as budgets
    on costs.budget_id = budgets.budget_id and costs.billing_currency = budgets.currency
group by all
