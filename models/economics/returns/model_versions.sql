{% import "macros/arithmetic.sql" %}with runs as (
    select * from {{ ref('economics.training_runs') }} where part = 'run' and model_id is not null
),

versions as (
    select
        model_id, model_version, billing_currency, max(struct(cost, team_id)).team_id as team_id, count(*) as runs,
        sum(attempts) as attempts, min(started_at) as started_at, sum(cost) as cost, sum(cost_repeated) as cost_repeated,
        sum(waste) as waste,
        max(if(status = 'completed' and model_version is not null, struct(
            ended_at, run_id, metric_name, metric_better, metric_value, previous_version, previous_metric_value,
            points_above_version as points_gained
        ), null)) as last
    from runs
    group by all
)

select
    versions.model_id,
    versions.model_version,
    versions.billing_currency,
    versions.team_id,
    cast(versions.runs as int) as runs,
    cast(versions.attempts as int) as attempts,
    versions.started_at,
    versions.last.ended_at as completed_at,
    cast(versions.cost as decimal(38, 21)) as cost,
    cast(versions.cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(versions.waste as decimal(38, 21)) as waste,
    versions.last.metric_name as metric_name,
    versions.last.metric_better as metric_better,
    versions.last.metric_value as metric_value,
    versions.last.previous_version as previous_version,
    cast(before.cost as decimal(38, 21)) as previous_cost,
    versions.last.previous_metric_value as previous_metric_value,
    versions.last.points_gained as points_gained,
    if(versions.last.points_gained > 0, {{ divided("versions.cost", "versions.last.points_gained") }}, null) as cost_per_metric_point,
    if(
        versions.last.metric_better = 'higher' and versions.last.metric_value > 0,
        {{ divided("versions.cost", "versions.last.metric_value") }}, null
    ) as cost_per_metric,
    if(versions.last.metric_better = 'higher', {{ divided("versions.last.metric_value", "versions.cost") }}, null) as metric_per_cost
from versions
left join versions as before
    on versions.model_id = before.model_id and versions.last.previous_version = before.model_version
    and versions.billing_currency = before.billing_currency
