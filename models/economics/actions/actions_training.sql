select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    'lost_training' as action,
    team_id as subject_id,
    team_id as owner_id,
    run_id as item_id,
    coalesce(run_name, run_id) as item_name,
    cast(null as string) as compared_with,
    concat(coalesce(concat(run_name, ' (', run_id, ')'), run_id), ', attempt ', attempt) as part,
    cast(null as decimal(38,9)) as quantity,
    cost as whole_cost,
    coalesce(waste, 0) as saved
from {{ ref('economics.receiver_run_costs') }}
where part = 'run'
