select budget_id, scope_kind, scope_value, team_id, conditions
from {{ source('conf.budget_scopes') }}
union all
select budget_id, 'run', run_id, null, map()
from {{ ref('governance.approved_budgets') }}
