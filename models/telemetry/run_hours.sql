{% import "macros/runs.sql" %}with within_hour as (
    select
        *,
        {{ clipped("own_claims") }} as of_run,
        {{ clipped("job_claims") }} as of_job,
        size(array_distinct(transform(job_claims, c -> c.run_id))) as runs_of_job
    from {{ ref('telemetry.run_claims') }}
    where run_id is not null or size(job_claims) > 0
),

decided as (
    select
        *,
        case
            -- all the time of a job on the day belongs to its only run, also before and after the tracker saw it
            when job_id is not null and runs_of_job = 1 and size(if(size(of_run) > 0, of_run, of_job)) <= 1 then array({{ claim(
                "get(job_claims, 0).run_id",
                "coalesce(get(of_run, 0).attempt, get(of_job, 0).attempt, if(held_from < get(job_claims, 0).started_at, get(job_claims, 0).attempt, get(job_claims, size(job_claims) - 1).attempt), workload_attempt)",
                "coalesce(get(of_run, 0).linked_by, get(job_claims, 0).linked_by)"
            ) }})
            when size(of_run) > 0 then of_run
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
    max(is_spot) as is_spot,
    coalesce(map_from_entries(max(array_sort(map_entries(names)))), cast(map() as map<string, string>)) as names
from measured
group by all
