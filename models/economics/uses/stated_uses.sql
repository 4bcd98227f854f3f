with purposes as (
    select * from {{ ref('economics.monthly_purposes') }}
),

costs as (
    select * from {{ ref('economics.statement_costs') }}
),

-- what a statement states beyond the charges of its month are corrections of closed months
entries as (
    select billing_month, team_id, project_id, billing_currency, used_for, effective_cost
    from purposes
    union all
    select billing_month, team_id, project_id, billing_currency, 'correction', effective_cost
    from costs
    union all
    select billing_month, team_id, project_id, billing_currency, 'correction', -effective_cost
    from purposes
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    used_for,
    cast(sum(effective_cost) as decimal(38, 21)) as effective_cost
from entries
group by all
having used_for <> 'correction' or sum(effective_cost) <> 0
