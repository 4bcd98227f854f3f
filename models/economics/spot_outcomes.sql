{% import "macros/arithmetic.sql" %}{% import "macros/uses.sql" %}with attempts as (
    select
        *,
        {{ spot_basis() }} as basis
    from {{ ref('economics.training_attempts') }}
    where {{ is_interruptible() }} and cost is not null
),

priced as (
    select
        *,
        {{ on_demand_cost("compute_cost", "compute_list_cost") }} as on_demand_cost
    from attempts
),

runs as (
    select
        run_id, billing_currency, max(run_kind) as run_kind, max(experiment_id) as experiment_id, max(model_id) as model_id,
        max(struct(cost, team_id)).team_id as team_id, min(started_at) as started_at, count(*) as attempts,
        count(if(status = 'preempted', 1, null)) + coalesce(sum(interruptions), 0) as interruptions,
        array_join(array_sort(collect_set(basis)), ', ') as basis,
        sum(compute_cost) as paid, {{ known_sum("on_demand_cost") }} as on_demand_cost, sum(cost_repeated) as cost_repeated
    from priced
    group by all
)

select
    to_date(date_trunc('month', started_at)) as run_month,
    run_id,
    billing_currency,
    run_kind,
    experiment_id,
    model_id,
    team_id,
    cast(attempts as int) as attempts,
    cast(interruptions as int) as interruptions,
    cast(paid as decimal(38, 21)) as paid,
    cast(on_demand_cost as decimal(38, 21)) as on_demand_cost,
    nullif(basis, '') as basis,
    less(on_demand_cost, paid) as saving_gross,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    less(less(on_demand_cost, paid), cost_repeated) as saving_net
from runs
