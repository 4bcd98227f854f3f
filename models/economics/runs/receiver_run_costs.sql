{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}{% import "macros/attempts.sql" %}{% import "macros/run_costs.sql" %}with used as (
    select
        billing_month, team_id, project_id, billing_currency, {{ part_of_use() }} as part, run_id, attempt, costs.use_kind,
        coalesce(kinds.is_session, false) as is_session, service_category, cost_kind, is_spot, on_demand_basis, sum(effective_cost) as effective_cost,
        {{ known_sum("on_demand_cost") }} as on_demand_cost
    from {{ ref('economics.spot_marked_costs') }} as costs
    left join {{ source('reference.use_kinds') }} as kinds on costs.use_kind = kinds.use_kind
    where team_id is not null and billing_currency is not null
    group by all
),

runs as (
    select * from used
    where part in ('claimed_by_several_runs', 'job_without_record', 'workload_without_run') or part = 'run' and not is_session
),

received as (
    {{ received("runs", "runs.billing_month", ref('economics.receivers'), "project_id") }}
),

costs as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, part, run_id, attempt, team_id,
        max(use_kind) as run_kind, sum(effective_cost) as cost, {{ cost_parts() }}, {{ spot_sums() }}
    from received
    group by all
),

attempts as (
    select
        run_id, attempt, billing_currency, status, interruptions, worked_s, lost_s, produced_nothing
    from {{ ref('economics.training_attempts') }}
),

facts as (
    select run_id, max(run_name) as run_name, max(experiment_id) as experiment_id
    from {{ ref('economics.training_runs') }}
    where part = 'run'
    group by all
),

priced as (
    select
        costs.*, facts.run_name, facts.experiment_id, attempts.* except (run_id, attempt, billing_currency),
        {{ repeated_cost("cost") }} as cost_repeated, {{ repeated_cost("spot_cost") }} as spot_repeated
    from costs
    left join attempts
        on costs.run_id = attempts.run_id and costs.attempt = attempts.attempt
        and costs.billing_currency = attempts.billing_currency
    left join facts on costs.run_id = facts.run_id
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    part,
    run_id,
    attempt,
    team_id,
    run_kind,
    run_name,
    experiment_id,
    cast(cost as decimal(38, 21)) as cost,
    cast(compute_cost as decimal(38, 21)) as compute_cost,
    cast(storage_cost as decimal(38, 21)) as storage_cost,
    cast(network_cost as decimal(38, 21)) as network_cost,
    cast(idle_cost as decimal(38, 21)) as idle_cost,
    cast(shared_cost as decimal(38, 21)) as shared_cost,
    cast(credit_and_tax as decimal(38, 21)) as credit_and_tax,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(if(produced_nothing, cost, cost_repeated) as decimal(38, 21)) as waste,
    cast(if(status = 'preempted', 1, 0) + coalesce(interruptions, 0) as int) as interruptions,
    cast(spot_cost as decimal(38, 21)) as spot_cost,
    cast(spot_repeated as decimal(38, 21)) as spot_repeated,
    basis,
    cast(on_demand_cost as decimal(38, 21)) as on_demand_cost
from priced
