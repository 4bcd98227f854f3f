{% import "macros/labels.sql" %}{% import "macros/runs.sql" %}with workloads as (
    select
        hours.usage_date, hours.hour_start, hours.scheduler, hours.cluster_id, hours.workload_id, hours.attempt as workload_attempt,
        hours.node_id, hours.provider_resource_id, hours.workload_kind, hours.job_id, hours.run_id, hours.run_linked_by,
        hours.held_s, hours.held_from, hours.held_until,
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
    from {{ ref('telemetry.tracked_runs') }}
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
),

-- what names one workload of a job names the job
of_jobs as (
    select
        *,
        if(job_id is null, own_claims, array_sort(array_distinct(flatten(collect_set(own_claims) over job)))) as job_claims
    from claimed
    window job as (partition by usage_date, scheduler, cluster_id, job_id rows between unbounded preceding and unbounded following)
),

within_hour as (
    select
        *,
        {{ clipped("own_claims") }} as own,
        {{ clipped("job_claims") }} as of_job,
        size(array_distinct(transform(job_claims, c -> c.run_id))) as runs_of_job
    from of_jobs
),

decided as (
    select
        *,
        case
            -- all the time of a job on the day belongs to its only run, also before and after the tracker saw it
            when job_id is not null and runs_of_job = 1 and size(if(size(own) > 0, own, of_job)) <= 1 then array({{ claim(
                "get(job_claims, 0).run_id",
                "coalesce(get(own, 0).attempt, get(of_job, 0).attempt, if(held_from < get(job_claims, 0).started_at, get(job_claims, 0).attempt, get(job_claims, size(job_claims) - 1).attempt), workload_attempt)",
                "coalesce(get(own, 0).linked_by, get(job_claims, 0).linked_by)"
            ) }})
            when size(own) > 0 then own
            when size(of_job) > 0 then of_job
            when run_id is not null then array({{ claim("run_id", "workload_attempt", "run_linked_by") }})
            else array()
        end as claims
    from within_hour
),

parts as (
    select *, claims as all_claims, explode(claims) as claim
    from decided
),

measured as (
    select
        * except (run_id),
        claim.run_id as run_id,
        coalesce(claim.attempt, workload_attempt, 1) as attempt,
        size(array_distinct(transform(
            filter(all_claims, c -> c.started_at < claim.ended_at and c.ended_at > claim.started_at), c -> c.run_id
        ))) as claims_at_once,
        claim.started_at = held_from and claim.ended_at = held_until as is_whole,
        {{ seconds("claim.started_at", "claim.ended_at") }} as claimed_s,
        {{ seconds("held_from", "held_until") }} as span_s
    from parts
)

select
    usage_date,
    hour_start,
    run_id,
    attempt,
    scheduler,
    cluster_id,
    workload_id,
    node_id,
    max(provider_resource_id) as provider_resource_id,
    cast(sum(if(is_whole, held_s, least(claimed_s, held_s))) as decimal(38, 9)) as held_s,
    cast(sum(if(
        is_whole, accelerator_s, cast(quotient(cast(accelerator_s as decimal(18, 9)) * claimed_s, span_s, 9) as decimal(38, 9))
    )) as decimal(38, 9)) as accelerator_s,
    max(claims_at_once) as claims,
    max(claim.linked_by) as linked_by,
    workload_attempt,
    max(workload_kind) as workload_kind,
    min(claim.started_at) as held_from,
    max(claim.ended_at) as held_until,
    map_filter(map(
        'parent', max(names.parent), 'experiment', max(names.experiment), 'name', max(names.name), 'kind', max(names.kind),
        'model', max(names.model), 'version', max(names.version), 'user', max(names.user)
    ), (name, value) -> value is not null) as names
from measured
group by all
