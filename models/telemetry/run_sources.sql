{% import "macros/runs.sql" %}-- which runs the records of a scheduler belong to, and when
with links as (
    select
        scheduler, cluster_id, workload_id, workload_attempt, run_id, attempt, min(held_from) as held_from,
        max(held_until) as held_until
    from {{ ref('telemetry.run_hours') }}
    where workload_attempt is not null
    group by all
),

-- a job that several runs used one after another says nothing about their start and end
jobs as (
    select
        intervals.* except (started_at, ended_at),
        if(count(links.run_id) over record > 1, links.held_from, intervals.started_at) as started_at,
        if(count(links.run_id) over record > 1, links.held_until, intervals.ended_at) as ended_at,
        coalesce(links.run_id, intervals.run_id) as of_run, coalesce(links.attempt, intervals.attempt) as of_attempt
    from {{ ref('telemetry.intervals') }} as intervals
    left join links
        on intervals.scheduler = links.scheduler and intervals.cluster_id = links.cluster_id
        and intervals.workload_id = links.workload_id and intervals.attempt = links.workload_attempt
    window record as (
        partition by intervals.scheduler, intervals.cluster_id, intervals.workload_id, intervals.run_id, intervals.attempt
    )
),

-- whether a pod still runs is unknown if it was there at the end of the newest hour
pod_hours as (
    select *, max(hour_start) over (partition by cluster_id) + interval 1 hour as newest
    from {{ ref('telemetry.run_hours') }}
    where scheduler = 'kubernetes'
),

pods as (
    select
        run_id, attempt,
        max(names['parent']) as parent, max(names['experiment']) as experiment, max(names['name']) as name, max(names['kind']) as kind,
        max(names['model']) as model, max(names['version']) as version, max(names['user']) as user,
        min(held_from) as started_at,
        max(held_until) as ended_at,
        max(held_until = newest) as may_run,
        max(is_spot) as is_spot
    from pod_hours
    group by all
),

models as (
    select alias, value as model_id from {{ source('conf.tag_values') }} where canonical_key = 'model'
),

statuses as (
    select word, status from {{ source('reference.run_statuses') }}
),

-- rank 1: trackers and platforms, 2: schedulers, 3: pods
united as (
    select
        1 as rank, source_id, delivered_for, platform, run_id, attempt, parent_run_id, experiment_id, run_name, run_kind,
        model_id, model_version, user_id, started_at, ended_at, outcome, status, is_spot, billable_s, resource_id,
        metrics, checkpoints, interruptions, labels
    from {{ ref('telemetry.known_runs') }}
    union all
    select
        2, source_id, delivered_for, scheduler, of_run, of_attempt, null, null, labels['job_name'], null, null, null,
        labels['user'], started_at, ended_at, outcome, null, null, null, null,
        cast(map() as map<string, string>), cast(array() as array<timestamp>),
        cast(array() as array<struct<started_at: timestamp, ended_at: timestamp>>), labels
    from jobs
    where of_run is not null
    union all
    select
        3, null, null, 'kubernetes', run_id, attempt, parent, experiment, name, kind, model, version, user, started_at,
        if(may_run, null, ended_at), null, null, is_spot, null, null,
        cast(map() as map<string, string>), cast(array() as array<timestamp>),
        cast(array() as array<struct<started_at: timestamp, ended_at: timestamp>>), cast(map() as map<string, string>)
    from pods
)

select
    united.run_id,
    united.attempt,
    -- what a tracker knows comes before what a scheduler records and what labels say, and the newest delivery first
    cast(row_number() over (
        partition by united.run_id
        order by
            rank, delivered_for desc nulls last, source_id, platform, united.attempt desc nulls last, started_at desc nulls last,
            ended_at desc nulls last, outcome, to_json(array_sort(map_entries(labels)))
    ) as int) as source_rank,
    delivered_for,
    platform,
    nullif(parent_run_id, united.run_id) as parent_run_id,
    experiment_id,
    run_name,
    run_kind,
    coalesce(models.model_id, united.model_id) as model_id,
    model_version,
    user_id,
    started_at,
    ended_at,
    outcome,
    coalesce(united.status, statuses.status) as status,
    is_spot,
    billable_s,
    resource_id,
    metrics,
    checkpoints,
    interruptions,
    if(parent_run_id = united.run_id, {{ with_problem("labels", "'it is its own parent'") }}, labels) as labels
from united
left join models on united.model_id = models.alias
left join statuses on {{ status_word("outcome") }} = statuses.word
