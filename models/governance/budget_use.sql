select budget_id, usage_date, cost as used
from {{ ref('governance.budget_costs') }}
union all
select budget_id, usage_date, quantity
from {{ ref('governance.budget_quantities') }}
