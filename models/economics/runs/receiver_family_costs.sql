select
    runs.billing_month,
    runs.receiver_kind,
    runs.receiver_id,
    runs.billing_currency,
    families.parent_run_id,
    families.level,
    runs.run_id,
    runs.run_name,
    runs.attempt,
    runs.team_id,
    runs.cost
from {{ ref('economics.receiver_run_costs') }} as runs
inner join {{ ref('economics.run_families') }} as families on runs.run_id = families.run_id
where runs.part = 'run'
