{% import "macros/uses.sql" %}with attempts as (
    select
        *,
        array_sort(filter(interruptions, one -> one.started_at between started_at and ended_at)) as cuts,
        status in ('failed', 'preempted', 'stopped') and run_kind <> 'notebook' as is_lost_at_end
    from {{ ref('telemetry.run_attempts') }}
),

-- times of work between interruptions; the work after the last checkpoint in such a time is lost if the time ends by an
-- interruption or the attempt does not complete
worked as (
    select
        *,
        if(ended_at is null, null, filter(transform(sequence(0, size(cuts)), n -> struct(
            if(n = 0, started_at, get(cuts, n - 1).ended_at) as from,
            if(n = size(cuts), ended_at, get(cuts, n).started_at) as until,
            n < size(cuts) or is_lost_at_end as is_lost
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
),

timed as (
    select
        *,
        size(saved) as checkpoint_count, array_max(saved) as last_checkpoint_at,
        {{ total_seconds("times") }} as worked_s,
        if(status is null or run_kind is null, null, {{ total_seconds("lost_times") }}) as lost_s,
        is_lost_at_end and size(saved) = 0 as produced_nothing
    from lost
),

costs as (
    select
        run_id, attempt, billing_currency, max(use_kind) as run_kind, sum(effective_cost) as cost, sum(billed_cost) as billed_cost,
        {{ cost_parts() }},
        sum(if(cost_kind = 'direct' and not {{ is_of("Storage") }} and not {{ is_of("Networking") }}, list_cost, 0)) as compute_list_cost,
        sum(workload_idle_cost) as workload_idle_cost
    from {{ ref('economics.use_costs') }}
    where run_id is not null
    group by all
),

payers as (
    select run_id, attempt, billing_currency, max(struct(cost, team_id)).team_id as team_id
    from (
        select run_id, attempt, billing_currency, team_id, sum(effective_cost) as cost
        from {{ ref('economics.use_costs') }}
        where run_id is not null
        group by all
    )
    group by all
),

hours as (
    select run_id, attempt, sum(held_s) as held_s, sum(accelerator_s) as accelerator_s
    from {{ ref('telemetry.run_hours') }}
    where claims = 1
    group by all
),

priced as (
    select
        coalesce(timed.run_id, costs.run_id) as run_id, coalesce(timed.attempt, costs.attempt) as attempt,
        coalesce(timed.run_kind, costs.run_kind) as run_kind, timed.* except (run_id, attempt, run_kind),
        costs.* except (run_id, attempt, run_kind),
        case when lost_s = 0 then 0 * cost else in_proportion(cost, lost_s, worked_s) end as cost_repeated
    from timed
    full outer join costs on timed.run_id = costs.run_id and timed.attempt = costs.attempt
)

select
    priced.run_id,
    priced.attempt,
    priced.billing_currency,
    priced.run_kind,
    parent_run_id,
    experiment_id,
    run_name,
    model_id,
    model_version,
    user_id,
    payers.team_id,
    started_at,
    ended_at,
    outcome,
    status,
    is_spot,
    cast(size(cuts) as int) as interruptions,
    cast(checkpoint_count as int) as checkpoints,
    last_checkpoint_at,
    metrics,
    worked_s,
    lost_s,
    billable_s,
    cast(hours.held_s as decimal(38, 9)) as held_s,
    cast(hours.accelerator_s as decimal(38, 9)) as accelerator_s,
    cast(cost as decimal(38, 21)) as cost,
    cast(billed_cost as decimal(38, 21)) as billed_cost,
    cast(compute_cost as decimal(38, 21)) as compute_cost,
    cast(storage_cost as decimal(38, 21)) as storage_cost,
    cast(network_cost as decimal(38, 21)) as network_cost,
    cast(idle_cost as decimal(38, 21)) as idle_cost,
    cast(shared_cost as decimal(38, 21)) as shared_cost,
    cast(credit_and_tax as decimal(38, 21)) as credit_and_tax,
    cast(compute_list_cost as decimal(38, 21)) as compute_list_cost,
    cast(workload_idle_cost as decimal(38, 21)) as workload_idle_cost,
    produced_nothing,
    cast(cost_repeated as decimal(38, 21)) as cost_repeated,
    cast(if(produced_nothing, cost, cost_repeated) as decimal(38, 21)) as waste
from priced
left join payers
    on priced.run_id = payers.run_id and priced.attempt = payers.attempt and priced.billing_currency <=> payers.billing_currency
left join hours on priced.run_id = hours.run_id and priced.attempt = hours.attempt
