{% import "macros/runs.sql" %}{# The value of the last attempt that has one. #}
{% macro latest(column) %}max(if({{ column }} is null, null, struct(attempt, {{ column }}))).{{ column }} as {{ column }}{% endmacro %}
with attempts as (
    select * from {{ ref('telemetry.run_attempts') }}
),

runs as (
    select
        run_id, {{ latest("run_kind") }}, {{ latest("parent_run_id") }}, {{ latest("experiment_id") }}, {{ latest("run_name") }},
        {{ latest("model_id") }}, {{ latest("model_version") }}, {{ latest("user_id") }}, {{ latest("is_spot") }},
        min(started_at) as started_at, max(struct(attempt, ended_at)).ended_at as ended_at,
        max(struct(attempt, status)).status as status, count(*) as attempts
    from attempts
    group by all
),

values_of_metrics as (
    select
        run_id, attempt, lower(entry.key) as name,
        regexp_replace(lower(entry.key), '^(test|eval|val|valid|validation)[ _/:.-]', '') as metric,
        try_cast(entry.value as decimal(38, 18)) as value
    from (select run_id, attempt, explode(map_entries(metrics)) as entry from attempts)
),

-- of the metrics with a stated direction, the one with the lowest rank counts, on test data before training data
ranked as (
    select
        found.run_id, listed.metric, found.name, listed.better, listed.point, found.value,
        row_number() over (
            partition by found.run_id
            order by listed.rank, found.name = listed.metric, found.name, found.attempt desc, found.value desc
        ) as metric_rank
    from values_of_metrics as found
    inner join {{ source('reference.metrics') }} as listed on found.metric = listed.metric
    where found.value is not null
),

measured as (
    select
        runs.*, ranked.metric, ranked.name as metric_name, ranked.better, ranked.point, ranked.value as metric_value,
        {{ turned("ranked.value", "ranked.better") }} as good
    from runs
    left join ranked on runs.run_id = ranked.run_id and ranked.metric_rank = 1
),

-- the best value of the experiment that was complete before the run ended
compared as (
    select
        *,
        if(experiment_id is null or ended_at is null, null, max(if(status = 'completed', good, null)) over (
            partition by experiment_id, metric order by ended_at nulls last, run_id rows between unbounded preceding and 1 preceding
        )) as best_before
    from measured
),

versions as (
    select
        model_id, model_version, metric, ended_at, metric_value
    from measured
    where status = 'completed' and model_version is not null and metric_value is not null
),

-- the last other version of the model that was complete before the run ended
previous as (
    select runs.run_id, max(struct(versions.ended_at, versions.model_version, versions.metric_value)) as version
    from measured as runs
    inner join versions
        on runs.model_id = versions.model_id and runs.metric = versions.metric and versions.ended_at < runs.ended_at
        and (runs.model_version is null or runs.model_version <> versions.model_version)
    group by all
)

select
    measured.run_id,
    run_kind,
    parent_run_id,
    experiment_id,
    run_name,
    model_id,
    measured.model_version,
    user_id,
    is_spot,
    started_at,
    measured.ended_at,
    status,
    cast(attempts as int) as attempts,
    metric_name,
    better as metric_better,
    metric_value,
    previous.version.model_version as previous_version,
    previous.version.metric_value as previous_metric_value,
    {{ points_above("good", turned("previous.version.metric_value", "better"), "point") }} as points_above_version,
    {{ turned("best_before", "better") }} as best_metric_before,
    {{ points_above("good", "best_before", "point") }} as points_gained,
    point as metric_point
from compared as measured
left join previous on measured.run_id = previous.run_id
