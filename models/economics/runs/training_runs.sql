{% import "macros/arithmetic.sql" %}{% import "macros/run_costs.sql" %}{% macro money(column) %}cast({{ column }} as decimal(38, 21)) as {{ column }}{% endmacro %}
with attempts as (
    select * from {{ ref('economics.training_attempts') }}
),

counted as (
    select
        run_id, max(run_kind) as run_kind, count(*) as attempts, count(if(has_cost, null, 1)) as attempts_without_cost,
        sum(interruptions) as interruptions, sum(checkpoints) as checkpoints, sum(worked_s) as worked_s,
        sum(accelerator_s) as accelerator_s
    from (
        select distinct run_id, attempt, run_kind, interruptions, checkpoints, worked_s, accelerator_s, cost is not null as has_cost
        from attempts
    )
    group by all
),

costs as (
    select
        'run' as part, run_id, billing_currency, max(struct(cost, team_id)).team_id as team_id, sum(cost) as cost,
        sum(billed_cost) as billed_cost, sum(compute_cost) as compute_cost, sum(storage_cost) as storage_cost,
        sum(network_cost) as network_cost, sum(idle_cost) as idle_cost, sum(shared_cost) as shared_cost,
        sum(credit_and_tax) as credit_and_tax, sum(workload_idle_cost) as workload_idle_cost,
        sum(cost_repeated) as cost_repeated, sum(waste) as waste
    from attempts
    where cost is not null
    group by all
),

unjoined as (
    select
        {{ part_of_use() }} as part,
        cast(null as string) as run_id, billing_currency, team_id, sum(effective_cost) as cost, sum(billed_cost) as billed_cost,
        {{ cost_parts() }}, sum(workload_idle_cost) as workload_idle_cost,
        cast(null as decimal(38, 21)) as cost_repeated, cast(null as decimal(38, 21)) as waste
    from {{ ref('economics.use_costs') }} as costs
    left join {{ source('reference.use_kinds') }} as kinds on costs.use_kind = kinds.use_kind
    where run_id is null
    group by all
),

runs as (
    select counted.*, facts.* except (run_id, run_kind, attempts), coalesce(facts.run_kind, counted.run_kind) as kind
    from counted
    left join {{ ref('economics.run_facts') }} as facts on counted.run_id = facts.run_id
),

all_costs as (
    select
        part, run_id, billing_currency, team_id, cost, billed_cost, compute_cost, storage_cost, network_cost, idle_cost,
        shared_cost, credit_and_tax, workload_idle_cost, cost_repeated, waste
    from costs
    union all
    select
        part, run_id, billing_currency, team_id, cost, billed_cost, compute_cost, storage_cost, network_cost, idle_cost,
        shared_cost, credit_and_tax, workload_idle_cost, cost_repeated, waste
    from unjoined
)

select
    coalesce(all_costs.part, 'run') as part,
    coalesce(runs.run_id, all_costs.run_id) as run_id,
    all_costs.billing_currency,
    all_costs.team_id,
    runs.kind as run_kind,
    parent_run_id,
    experiment_id,
    run_name,
    model_id,
    model_version,
    user_id,
    started_at,
    ended_at,
    status,
    cast(attempts as int) as attempts,
    cast(attempts_without_cost as int) as attempts_without_cost,
    cast(interruptions as int) as interruptions,
    cast(checkpoints as int) as checkpoints,
    cast(worked_s as decimal(38, 9)) as worked_s,
    cast(accelerator_s as decimal(38, 9)) as accelerator_s,
    {{ money("cost") }},
    {{ money("billed_cost") }},
    {{ money("compute_cost") }},
    {{ money("storage_cost") }},
    {{ money("network_cost") }},
    {{ money("idle_cost") }},
    {{ money("shared_cost") }},
    {{ money("credit_and_tax") }},
    {{ money("workload_idle_cost") }},
    {{ money("cost_repeated") }},
    {{ money("waste") }},
    metric_name,
    metric_better,
    metric_value,
    previous_version,
    previous_metric_value,
    points_above_version,
    best_metric_before,
    points_gained,
    if(points_gained > 0, {{ divided("cost", "points_gained") }}, null) as cost_per_metric_point,
    if(metric_better = 'higher' and metric_value > 0, {{ divided("cost", "metric_value") }}, null) as cost_per_metric
from runs
full outer join all_costs on runs.run_id = all_costs.run_id
