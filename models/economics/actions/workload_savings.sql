with uses as (
    select billing_month, team_id, billing_currency, workload_id, run_id, attempt, endpoint_id, sum(effective_cost) as cost
    from {{ ref('economics.use_costs') }}
    where workload_id is not null
    group by all
),

runs as (
    select * from {{ ref('economics.receiver_run_costs') }}
    where receiver_kind = 'team' and part = 'run' and waste > 0
),

replaced as (
    select billing_month, owner_id, billing_currency, subject_id as endpoint_id
    from {{ ref('economics.actions_endpoints') }}
    where receiver_kind = 'team' and receiver_id = owner_id
    group by all
    having sum(saved) > 0
),

savings as (
    select uses.billing_month, uses.team_id, uses.billing_currency, workload_id, in_proportion(uses.cost, runs.waste, runs.cost) as saved
    from uses
    inner join runs
        on runs.billing_month = uses.billing_month and runs.receiver_id = uses.team_id
        and runs.billing_currency = uses.billing_currency and runs.run_id = uses.run_id and runs.attempt = uses.attempt
    union all
    select uses.billing_month, uses.team_id, uses.billing_currency, workload_id, cost
    from uses
    inner join replaced
        on replaced.billing_month = uses.billing_month and replaced.owner_id = uses.team_id
        and replaced.billing_currency = uses.billing_currency and replaced.endpoint_id = uses.endpoint_id
    union all
    select billing_month, team_id, billing_currency, item_id, saved from {{ ref('economics.actions_notebooks') }}
    union all
    select billing_month, team_id, billing_currency, item_id, saved from {{ ref('economics.actions_devices') }}
),

saved as (
    select billing_month, team_id, billing_currency, workload_id, sum(saved) as saved
    from savings
    group by all
),

costs as (
    select billing_month, team_id, billing_currency, workload_id, sum(cost) as cost
    from uses
    group by all
)

select
    billing_month,
    team_id,
    billing_currency,
    workload_id,
    cast(cost as decimal(38,21)) as cost,
    cast(least(saved, cost) as decimal(38,21)) as saved
from saved
inner join costs using (billing_month, team_id, billing_currency, workload_id)
