select budget_id, name, period_kind, period_days, once_from, once_until, measure, currency, cost_basis, owner_team_id
from {{ source('conf.budgets') }}
union all
select budget_id, name, 'once', null, once_from, once_until, 'money', currency, 'effective', owner_team_id
from {{ ref('governance.approved_budgets') }}
