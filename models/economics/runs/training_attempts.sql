{% import "macros/attempts.sql" %}{% import "macros/run_costs.sql" %}with costs as (
    select
        run_id, attempt, billing_currency, max(use_kind) as run_kind, sum(effective_cost) as cost, sum(billed_cost) as billed_cost,
        {{ cost_parts() }},
        sum(workload_idle_cost) as workload_idle_cost
    from {{ ref('economics.use_costs') }}
    where run_id is not null
    group by all
),

payers as (
    select run_id, attempt, billing_currency, max(struct(cost, team_id)).team_id as team_id
    from (
        select run_id, attempt, billing_currency, team_id, sum(effective_cost) as cost
        from {{ ref('economics.use_costs') }}
        where run_id is not null
        group by all
    )
    group by all
),

hours as (
    select run_id, attempt, sum(held_s) as held_s, sum(accelerator_s) as accelerator_s
    from {{ ref('telemetry.run_hours') }}
    where claims = 1
    group by all
),

recorded as (
    select
        attempts.* except (interruptions, checkpoints), times.* except (run_id, attempt)
    from {{ ref('telemetry.run_attempts') }} as attempts
    inner join {{ ref('economics.attempt_times') }} as times on attempts.run_id = times.run_id and attempts.attempt = times.attempt
),

priced as (
    select
        coalesce(recorded.run_id, costs.run_id) as run_id, coalesce(recorded.attempt, costs.attempt) as attempt,
        coalesce(recorded.run_kind, costs.run_kind) as run_kind, recorded.* except (run_id, attempt, run_kind),
        costs.* except (run_id, attempt, run_kind),
        {{ repeated_cost("cost") }} as cost_repeated
    from recorded
    full outer join costs on recorded.run_id = costs.run_id and recorded.attempt = costs.attempt
)

select
    priced.run_id,
    priced.attempt,
    priced.billing_currency,
    priced.run_kind,
    parent_run_id,
    experiment_id,
    run_name,
    model_id,
    model_version,
    user_id,
    payers.team_id,
    started_at,
    ended_at,
    outcome,
    status,
    is_spot,
    interruptions,
    checkpoints,
    last_checkpoint_at,
    metrics,
    worked_s,
    lost_s,
    billable_s,
    cast(hours.held_s as decimal(38, 9)) as held_s,
    cast(hours.accelerator_s as decimal(38, 9)) as accelerator_s,
    cast(cost as decimal(38, 21)) as cost,
    cast(billed_cost as decimal(38, 21)) as billed_cost,
    cast(compute_cost as decimal(38, 21)) as compute_cost,
    cast(storage_cost as decimal(38, 21)) as storage_cost,
    cast(network_cost as decimal(38, 21)) as network_cost,
    cast(idle_cost as decimal(38, 21)) as idle_cost,
    cast(shared_cost as decimal(38, 21)) as shared_cost,
    cast(credit_and_tax as decimal(38, 21)) as credit_and_tax,
    cast(workload_idle_cost as decimal(38, 21)) as workload_idle_cost,
    produced_nothing,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(if(produced_nothing, cost, cost_repeated) as decimal(38, 21)) as waste
from priced
left join payers
    on priced.run_id = payers.run_id and priced.attempt = payers.attempt and priced.billing_currency <=> payers.billing_currency
left join hours on priced.run_id = hours.run_id and priced.attempt = hours.attempt
