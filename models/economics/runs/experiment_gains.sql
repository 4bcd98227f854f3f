{% import "macros/runs.sql" %}with runs as (
    select *, {{ turned("metric_value", "metric_better") }} as good
    from {{ ref('economics.run_facts') }}
    where status = 'completed' and experiment_id is not null and metric_value is not null and ended_at is not null
),

-- values of different metrics cannot be compared: the one that most runs have counts
metrics as (
    select
        experiment_id, metric_name, row_number() over (partition by experiment_id order by count(*) desc, metric_name) as metric_rank
    from runs
    group by all
),

reached as (
    select
        runs.*,
        first(good) over life as first_good,
        max(struct(good, run_id, metric_value)) over life as best,
        row_number() over (
            partition by runs.experiment_id, date_trunc('month', ended_at) order by ended_at desc, run_id desc
        ) as from_end_of_month
    from runs
    inner join metrics
        on runs.experiment_id = metrics.experiment_id and runs.metric_name = metrics.metric_name and metrics.metric_rank = 1
    window life as (partition by runs.experiment_id order by ended_at, run_id rows between unbounded preceding and current row)
)

select
    to_date(date_trunc('month', ended_at)) as month,
    experiment_id,
    best.run_id as best_run_id,
    metric_name,
    metric_better,
    best.metric_value as metric_value,
    {{ turned("first_good", "metric_better") }} as first_metric_value,
    {{ points_above("best.good", "first_good", "metric_point") }} as points_gained
from reached
where from_end_of_month = 1
