{% import "macros/cents.sql" %}{% import "macros/uses.sql" %}{% import "macros/lines.sql" %}with statements as (
    select billing_month, min(billing_currency) as billing_currency
    from {{ ref('economics.statement_costs') }}
    group by all
),

resources as (
    select run_id, max(resource_id) as resource_id from {{ ref('telemetry.run_attempts') }} group by all
),

nodes as (
    select * from {{ ref('allocation.job_nodes') }} where {{ has_intervals() }} and provider_resource_id is not null
),

-- what is known of the machines of its workloads
held as (
    select
        hours.run_id, max(hours.claims = 1) as is_its_own,
        max(hours.provider_resource_id is not null and grouped.group_id is null) as is_in_no_group
    from ({{ with_machines(ref('telemetry.run_hours')) }}) as hours
    left join {{ ref('allocation.node_resources') }} as grouped
        on hours.hour_start = grouped.hour_start and hours.cluster_id = grouped.cluster_id and hours.node_id = grouped.node_id
    group by all
),

parents as (
    select distinct parent_run_id from {{ ref('economics.run_families') }}
),

runs as (
    select
        to_date(date_trunc('month', runs.started_at)) as billing_month, runs.*,
        case
            when not held.is_its_own then 'claimed_by_several_runs'
            when held.is_in_no_group then 'nodes_in_no_group'
            when held.is_its_own then 'workload_without_cost'
            when resources.resource_id is not null then 'resource_without_charge'
            when parents.parent_run_id is null then 'no_workload'
        end as reason
    from {{ ref('economics.training_runs') }} as runs
    left join resources on runs.run_id = resources.run_id
    left join held on runs.run_id = held.run_id
    left join parents on runs.run_id = parents.parent_run_id
    left join {{ source('reference.use_kinds') }} as kinds on runs.run_kind = kinds.use_kind
    where runs.part = 'run' and runs.cost is null and runs.started_at is not null and not coalesce(kinds.is_session, false)
),

ranked as (
    select
        runs.* except (billing_currency), statements.billing_currency,
        row_number() over (
            partition by runs.billing_month order by runs.worked_s desc nulls last, runs.started_at, runs.run_id
        ) as line_rank,
        count(*) over (partition by runs.billing_month) as line_count
    from runs
    inner join statements on runs.billing_month = statements.billing_month
    where statements.billing_currency is not null and runs.reason is not null
),

company as (
    select receiver_kind, receiver_id from {{ ref('economics.receivers') }} where receiver_kind = 'company'
),

folded as (
    select
        billing_month, billing_currency, {{ folded(10) }} as position, count(*) as members,
        max(struct(run_id, run_name, run_kind, experiment_id, reason, started_at, worked_s)) as run, sum(attempts) as attempts
    from ranked
    group by all
)

select
    {{ receiver() }},
    cast(position as int) as position,
    cast(members as int) as members,
    if(members = 1, run.run_id, null) as run_id,
    if(members = 1, run.run_name, null) as run_name,
    if(members = 1, run.run_kind, null) as run_kind,
    if(members = 1, run.experiment_id, null) as experiment_id,
    if(members = 1, to_date(run.started_at), null) as started_on,
    if(members = 1, run.reason, null) as reason,
    cast(attempts as int) as attempts
from folded
cross join company
