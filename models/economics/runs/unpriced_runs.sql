{% import "macros/uses.sql" %}with statements as (
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
        to_date(date_trunc('month', runs.started_at)) as billing_month, runs.* except (billing_currency),
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
)

select
    runs.billing_month,
    cast(null as string) as team_id,
    statements.billing_currency,
    runs.run_id,
    runs.run_name,
    runs.run_kind,
    runs.experiment_id,
    runs.started_at,
    runs.worked_s,
    runs.attempts,
    runs.reason
from runs
inner join statements on runs.billing_month = statements.billing_month
where statements.billing_currency is not null and runs.reason is not null
