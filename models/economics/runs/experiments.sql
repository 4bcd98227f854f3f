{% import "macros/arithmetic.sql" %}with runs as (
    select * from {{ ref('economics.training_runs') }} where part = 'run'
),

gains as (
    select
        experiment_id,
        max(struct(month, best_run_id, metric_name, metric_better, metric_value, points_gained)) as last
    from {{ ref('economics.experiment_gains') }}
    group by all
),

summed as (
    select
        experiment_id, billing_currency, max(struct(cost, team_id)).team_id as team_id, min(model_id) as model_id,
        count(distinct model_id) as models, min(started_at) as started_at, max(ended_at) as ended_at, count(*) as runs,
        count(if(status = 'completed', 1, null)) as completed_runs, sum(attempts) as attempts,
        sum(cost) as cost, sum(cost_repeated) as cost_repeated, sum(waste) as waste,
        array_sort(collect_set(if(cost is null, null, run_id))) as paid_runs
    from runs
    group by all
)

select
    summed.experiment_id,
    billing_currency,
    team_id,
    if(models = 1, model_id, null) as model_id,
    started_at,
    ended_at,
    cast(runs as int) as runs,
    cast(completed_runs as int) as completed_runs,
    cast(attempts as int) as attempts,
    cast(cost as decimal(38, 21)) as cost,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(waste as decimal(38, 21)) as waste,
    {{ divided("cost", "completed_runs") }} as cost_per_completed_run,
    gains.last.best_run_id as best_run_id,
    gains.last.metric_name as metric_name,
    gains.last.metric_better as metric_better,
    gains.last.metric_value as metric_value,
    gains.last.points_gained as points_gained,
    if(gains.last.points_gained > 0 and array_contains(paid_runs, gains.last.best_run_id), {{
        divided("cost", "gains.last.points_gained")
    }}, null) as cost_per_metric_point
from summed
left join gains on summed.experiment_id = gains.experiment_id
