{% import "macros/labels.sql" %}with workloads as (
    select
        hours.usage_date, hours.hour_start, hours.scheduler, hours.cluster_id, hours.workload_id, hours.attempt as workload_attempt,
        hours.node_id, hours.provider_resource_id, hours.workload_kind, hours.job_id, hours.run_id, hours.run_linked_by,
        hours.held_s, hours.held_from, hours.held_until, hours.is_spot,
        struct(
            {{ labelled("labels", "parent") }} as parent, {{ labelled("labels", "experiment") }} as experiment,
            {{ labelled("labels", "name") }} as name, {{ labelled("labels", "kind") }} as kind,
            {{ labelled("labels", "model") }} as model, {{ labelled("labels", "version") }} as version,
            {{ labelled("labels", "user") }} as user
        ) as names,
        sum(greatest(hours.accelerator_requested_s, hours.accelerator_allocated_s)) as accelerator_s
    from {{ ref('telemetry.workload_hours') }} as hours
    cross join {{ ref('telemetry.label_book') }}
    where hours.held_from is not null
    group by all
),

tracked as (
    select
        run_id, attempt, scheduler, cluster_id, workload_id,
        min(started_at) as started_at,
        least(max(coalesce(ended_at, started_at + interval 400 days)), min(started_at) + interval 400 days) as ended_at
    from {{ ref('telemetry.known_runs') }}
    where workload_id is not null and (ended_at is null or ended_at > started_at)
    group by all
),

-- a record that names no cluster means the only one that has the workload in the hour
found as (
    select
        workloads.*,
        if(
            tracked.cluster_id is not null
            or min(workloads.cluster_id) over namesakes = max(workloads.cluster_id) over namesakes,
            struct(tracked.run_id, tracked.attempt, tracked.started_at, tracked.ended_at, 'tracker' as linked_by),
            null
        ) as claim
    from workloads
    left join tracked
        on workloads.scheduler = tracked.scheduler and workloads.workload_id = tracked.workload_id
        and workloads.cluster_id = coalesce(tracked.cluster_id, workloads.cluster_id)
        and tracked.started_at < workloads.held_until and tracked.ended_at > workloads.held_from
    window namesakes as (partition by workloads.hour_start, tracked.run_id, tracked.attempt, workloads.workload_id)
),

named as (
    select
        * except (claim),
        array_sort(collect_list(if(claim.run_id is null, null, claim))) as tracker_claims
    from found
    group by all
),

-- a label claims all the time of a workload, unless the tracker of the run knows its attempts
claimed as (
    select
        *,
        case
            when run_linked_by is distinct from 'label' then tracker_claims
            when exists(tracker_claims, c -> c.run_id = named.run_id and c.attempt is not null) then tracker_claims
            else concat(
                filter(tracker_claims, c -> c.run_id <> named.run_id),
                array(struct(
                    named.run_id as run_id, workload_attempt as attempt, cast(usage_date as timestamp) as started_at,
                    cast(usage_date + interval 1 day as timestamp) as ended_at, 'label' as linked_by
                ))
            )
        end as own_claims
    from named
)

-- what names one workload of a job names the job
select
    usage_date,
    hour_start,
    scheduler,
    cluster_id,
    workload_id,
    workload_attempt,
    node_id,
    provider_resource_id,
    workload_kind,
    job_id,
    run_id,
    run_linked_by,
    held_s,
    held_from,
    held_until,
    accelerator_s,
    is_spot,
    map_filter(map(
        'parent', names.parent, 'experiment', names.experiment, 'name', names.name, 'kind', names.kind,
        'model', names.model, 'version', names.version, 'user', names.user
    ), (name, value) -> value is not null) as names,
    own_claims,
    if(job_id is null, own_claims, array_sort(array_distinct(flatten(collect_set(own_claims) over job)))) as job_claims
from claimed
window job as (partition by usage_date, scheduler, cluster_id, job_id rows between unbounded preceding and unbounded following)
