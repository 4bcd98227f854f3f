{% import "macros/attempts.sql" %}with numbered as (
    select
        attempts.*, attempt = max(attempt) over (partition by run_id) as is_last, coalesce(kinds.is_session, false) as is_session
    from {{ ref('telemetry.run_attempts') }} as attempts
    left join {{ source('reference.use_kinds') }} as kinds on attempts.run_kind = kinds.use_kind
),

-- only the last attempt of a run can have made its version
attempts as (
    select
        *,
        array_sort(filter(interruptions, one -> one.started_at between started_at and ended_at)) as cuts,
        status in ('failed', 'preempted', 'stopped') and not is_session and (model_version is null or not is_last)
            as is_lost_at_end
    from numbered
),

-- a training that names another run and began after its end went on from its checkpoints
resumed as (
    select coalesce(labels['resumed_from'], parent_run_id) as run_id, max(started_at) as resumed_at
    from attempts
    where run_kind in ('training', 'tuning')
    group by all
),

-- times of work between interruptions; the work after the last checkpoint in such a time is lost if the time ends by an
-- interruption or the attempt does not complete
worked as (
    select
        *,
        if(ended_at is null, null, filter(transform(sequence(0, size(cuts)), cut -> struct(
            if(cut = 0, started_at, get(cuts, cut - 1).ended_at) as from,
            if(cut = size(cuts), ended_at, get(cuts, cut).started_at) as until,
            cut < size(cuts) or is_lost_at_end as is_lost
        )), time -> time.from < time.until)) as times
    from attempts
),

lost as (
    select
        *,
        filter(checkpoints, at -> at between started_at and coalesce(ended_at, at)) as saved,
        transform(filter(times, time -> time.is_lost), time -> struct(
            coalesce(
                array_max(filter(checkpoints, at -> at between time.from and time.until)), time.from
            ) as from, time.until as until
        )) as lost_times
    from worked
)

select
    lost.run_id,
    attempt,
    cast(size(cuts) as int) as interruptions,
    cast(size(saved) as int) as checkpoints,
    array_max(saved) as last_checkpoint_at,
    {{ total_seconds("times") }} as worked_s,
    if(status is null, null, {{ total_seconds("lost_times") }}) as lost_s,
    is_lost_at_end and (size(saved) = 0 or (is_last and resumed.run_id is null)) as produced_nothing,
    times,
    lost_times
from lost
left join resumed on lost.run_id = resumed.run_id and resumed.resumed_at >= lost.ended_at
