with runs as (
    select runs.*, managed.platform is not null as is_of_provider
    from {{ ref('telemetry.tracked_runs') }} as runs
    left join {{ source('reference.managed_platforms') }} as managed on runs.platform = managed.platform
),

-- the run of a tracker that names a resource
trackers as (
    select resource_id, min(run_id) as run_id, max(attempt) as attempt
    from runs
    where not is_of_provider and resource_id is not null
    group by all
    having count(distinct run_id) = 1 and count(distinct coalesce(attempt, 0)) = 1
)

select
    runs.* except (is_of_provider, run_id, attempt),
    if(is_of_provider, coalesce(trackers.run_id, runs.run_id), runs.run_id) as run_id,
    if(is_of_provider, coalesce(trackers.attempt, runs.attempt), runs.attempt) as attempt
from runs
left join trackers on runs.resource_id = trackers.resource_id
