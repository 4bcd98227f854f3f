{# The cost of each run of a receiver in a month and up to it, with what the records say of the run. #}
with months as (
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
)

select
    running.billing_month,
    running.receiver_kind,
    running.receiver_id,
    running.billing_currency,
    running.run_id,
    runs.run_name,
    runs.run_kind,
    runs.experiment_id,
    runs.model_id,
    runs.model_version,
    runs.status,
    runs.started_at,
    runs.ended_at,
    runs.worked_s,
    runs.attempts,
    runs.attempts_without_cost,
    runs.metric_name,
    runs.metric_better,
    runs.metric_value,
    cast(running.cost as decimal(38, 21)) as cost,
    cast(running.cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(running.waste as decimal(38, 21)) as waste,
    cast(running.cost_to_date as decimal(38, 21)) as cost_to_date
from running
left join {{ ref('economics.training_runs') }} as runs
    on runs.part = 'run' and running.run_id = runs.run_id and running.billing_currency = runs.billing_currency
