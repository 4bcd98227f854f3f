{# The cost of each run of a receiver in a month and up to it, with what the records say of the run. #}
{% import "macros/cents.sql" %}with months as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, run_id, sum(cost) as cost, sum(cost_repeated) as cost_repeated,
        sum(waste) as waste
    from {{ ref('economics.receiver_run_costs') }}
    where part = 'run'
    group by all
),

running as (
    select
        *,
        sum(cost) over (
            partition by receiver_id, billing_currency, run_id order by billing_month rows between unbounded preceding and current row
        ) as cost_to_date
    from months
),

named as (
    select
        running.*, runs.run_name, runs.run_kind, runs.experiment_id, runs.model_id, runs.model_version, runs.status,
        runs.started_at, runs.ended_at, runs.worked_s, runs.attempts, runs.attempts_without_cost, runs.metric_name,
        runs.metric_better, runs.metric_value
    from running
    left join {{ ref('economics.training_runs') }} as runs
        on runs.part = 'run' and running.run_id = runs.run_id and running.billing_currency = runs.billing_currency
),

cents as (
    {{ nested_cents("named", "cost", "experiment_id", "run_id", "rounded_cost") }}
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    run_id,
    run_name,
    run_kind,
    experiment_id,
    model_id,
    model_version,
    status,
    started_at,
    ended_at,
    worked_s,
    attempts,
    attempts_without_cost,
    metric_name,
    metric_better,
    metric_value,
    cast(cost as decimal(38, 21)) as cost,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(waste as decimal(38, 21)) as waste,
    cast(cost_to_date as decimal(38, 21)) as cost_to_date,
    rounded_cost,
    {{ cents_of_part("cost_repeated", "cost", "rounded_cost") }} as rounded_repeated,
    {{ cents_of_part("waste", "cost", "rounded_cost") }} as rounded_waste
from cents
