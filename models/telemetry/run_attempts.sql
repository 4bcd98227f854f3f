{% import "macros/runs.sql" %}with sources as (
    select * from {{ ref('telemetry.run_sources') }}
),

-- a run that no source counts has one attempt
numbers as (
    select distinct run_id, attempt
    from (
        select run_id, coalesce(attempt, if(max(attempt) over (partition by run_id) is null, 1, null)) as attempt
        from sources
    )
    where attempt is not null
),

attempts as (
    select
        *,
        attempt = min(attempt) over (partition by run_id) as is_first,
        attempt = max(attempt) over (partition by run_id) as is_last
    from numbers
),

-- what a source knows of the whole run goes to all attempts, its start to the first, and its end and results to the last
known as (
    select
        attempts.run_id, attempts.attempt, attempts.is_first, attempts.is_last,
        sources.* except (run_id, attempt, started_at, ended_at, outcome, status, billable_s, metrics, checkpoints, interruptions),
        sources.attempt is null as is_whole,
        if(sources.attempt is not null or is_first, started_at, null) as started_at,
        if(sources.attempt is not null or is_last, ended_at, null) as ended_at,
        if(sources.attempt is not null or is_last, outcome, null) as outcome,
        if(sources.attempt is not null or is_last, status, null) as status,
        if(sources.attempt is not null or is_last, billable_s, null) as billable_s,
        if((sources.attempt is not null or is_last) and size(metrics) > 0, array_sort(map_entries(metrics)), null) as metrics,
        checkpoints, interruptions
    from attempts
    inner join sources on attempts.run_id = sources.run_id and attempts.attempt = coalesce(sources.attempt, attempts.attempt)
),

merged as (
    select
        run_id, attempt, is_first, is_last,
        max(delivered_for) as delivered_for,
        {{ first_known("parent_run_id") }} as parent_run_id,
        {{ first_known("experiment_id") }} as experiment_id,
        {{ first_known("run_name") }} as run_name,
        {{ first_known("run_kind") }} as run_kind,
        {{ first_known("model_id") }} as model_id,
        {{ first_known("model_version") }} as model_version,
        {{ first_known("user_id") }} as user_id,
        array_sort(collect_set(platform)) as platforms,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        -- an end counts more than that it runs, and that it was preempted more than what came of it
        min(if(coalesce(outcome, status) is null, null, struct(
            status is null as is_unknown, status = 'running' as runs, status <> 'preempted' as is_other, source_rank, outcome, status
        ))) as ending,
        {{ first_known("is_spot") }} as is_spot,
        {{ first_known("billable_s") }} as billable_s,
        {{ first_known("resource_id") }} as resource_id,
        {{ first_known("metrics") }} as metrics,
        array_sort(array_distinct(flatten(array_sort(collect_list(if(is_whole, null, checkpoints)))))) as checkpoints,
        array_sort(array_distinct(flatten(array_sort(collect_list(if(is_whole, checkpoints, null)))))) as checkpoints_of_run,
        array_sort(array_distinct(flatten(array_sort(collect_list(if(is_whole, null, interruptions)))))) as interruptions,
        array_sort(array_distinct(flatten(array_sort(collect_list(if(is_whole, interruptions, null)))))) as interruptions_of_run,
        array_sort(collect_list(struct(source_rank, map_entries(labels) as labels))) as labels
    from known
    group by all
),

-- what happened in a run belongs to the attempt that had started
next as (
    select
        *,
        if(is_first, null, started_at) as begins_at,
        lead(started_at) over (partition by run_id order by attempt) as next_begins_at
    from merged
)

select
    to_date(date_trunc('month', coalesce(started_at, cast(delivered_for as timestamp), timestamp '1970-01-01 00:00:00'))) as run_month,
    run_id,
    attempt,
    parent_run_id,
    experiment_id,
    run_name,
    coalesce(run_kind, 'training') as run_kind,
    model_id,
    model_version,
    user_id,
    platforms,
    started_at,
    ended_at,
    ending.outcome as outcome,
    -- a tracker that still says running does not know how its workload ended
    if(ending.status = 'running' and ended_at is not null, null, ending.status) as status,
    is_spot,
    billable_s,
    resource_id,
    coalesce(map_from_entries(metrics), cast(map() as map<string, string>)) as metrics,
    array_sort(array_union(checkpoints, filter(
        checkpoints_of_run,
        checkpoint -> (begins_at is null or checkpoint >= begins_at) and (next_begins_at is null or checkpoint < next_begins_at)
    ))) as checkpoints,
    array_sort(array_union(interruptions, filter(
        interruptions_of_run,
        interruption -> (begins_at is null or interruption.started_at >= begins_at)
            and (next_begins_at is null or interruption.started_at < next_begins_at)
    ))) as interruptions,
    aggregate(
        labels, cast(map() as map<string, string>),
        (known, source) -> map_concat(known, map_from_entries(filter(source.labels, l -> not map_contains_key(known, l.key))))
    ) as labels
from next
