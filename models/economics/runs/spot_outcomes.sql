{% import "macros/arithmetic.sql" %}{% import "macros/attempts.sql" %}{% import "macros/run_costs.sql" %}with used as (
    select run_id, attempt, billing_currency, {{ spot_sums() }}
    from {{ ref('economics.spot_marked_costs') }}
    where is_spot and run_id is not null
    group by all
),

priced as (
    select attempts.*, used.spot_cost, used.on_demand_cost, used.basis, {{ repeated_cost("spot_cost") }} as spot_repeated
    from {{ ref('economics.training_attempts') }} as attempts
    inner join used
        on attempts.run_id = used.run_id and attempts.attempt = used.attempt
        and attempts.billing_currency <=> used.billing_currency
),

runs as (
    select
        run_id, billing_currency, max(run_kind) as run_kind, max(experiment_id) as experiment_id, max(model_id) as model_id,
        max(struct(cost, team_id)).team_id as team_id, min(started_at) as started_at, count(*) as attempts,
        count(if(status = 'preempted', 1, null)) + coalesce(sum(interruptions), 0) as interruptions,
        {{ all_bases() }} as basis,
        sum(spot_cost) as paid, {{ known_sum("on_demand_cost") }} as on_demand_cost, {{ known_sum("spot_repeated") }} as cost_repeated
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
    basis,
    less(on_demand_cost, paid) as saving_gross,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    less(less(on_demand_cost, paid), cost_repeated) as saving_net
from runs
