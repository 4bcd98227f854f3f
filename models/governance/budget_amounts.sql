select budget_id, valid_from, amount
from {{ source('conf.budget_amounts') }}
union all
select budget_id, null, amount
from {{ ref('governance.approved_budgets') }}
