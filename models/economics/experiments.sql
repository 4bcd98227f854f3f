{% import "macros/arithmetic.sql" %}with runs as (
    select * from {{ ref('economics.training_runs') }} where part = 'run'
),

metrics as (
    select
        experiment_id, metric_name, metric_better,
        max(struct(
            if(metric_better = 'lower', -metric_value, metric_value) as good, run_id, metric_value, previous_metric_value, points_gained
        )) as best,
        row_number() over (partition by experiment_id order by count(distinct run_id) desc, metric_name) as place
    from runs
    where metric_value is not null
    group by all
),

summed as (
    select
        experiment_id, billing_currency, max(struct(cost, team_id)).team_id as team_id, min(model_id) as model_id,
        count(distinct model_id) as models, min(started_at) as started_at, max(ended_at) as ended_at, count(*) as runs,
        count(if(status = 'completed', 1, null)) as completed_runs, sum(attempts) as attempts,
        sum(cost) as cost, sum(cost_repeated) as cost_repeated, sum(waste) as waste
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
    metrics.best.run_id as best_run_id,
    metrics.metric_name,
    metrics.metric_better,
    metrics.best.metric_value as metric_value,
    metrics.best.points_gained as points_gained,
    if(metrics.best.points_gained > 0, {{ divided("cost", "metrics.best.points_gained") }}, null) as cost_per_metric_point
from summed
left join metrics on summed.experiment_id <=> metrics.experiment_id and metrics.place = 1
