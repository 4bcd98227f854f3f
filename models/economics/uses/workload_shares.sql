{% import "macros/uses.sql" %}with nodes as (
    select * from {{ ref('allocation.job_nodes') }} where {{ has_intervals() }} and provider_resource_id is not null
),

claimed as (
    select *, claims > 1 as is_contested
    from ({{ with_machines(ref('telemetry.run_hours')) }})
    where provider_resource_id is not null
),

-- if several runs claim a workload in an hour, each has a row with the same time
run_hours as (
    select
        usage_date, hour_start, provider_resource_id, workload_id, is_contested,
        if(is_contested, null, run_id) as run_id, if(is_contested, null, attempt) as attempt,
        if(is_contested, max(accelerator_s), sum(accelerator_s)) as accelerator_s,
        if(is_contested, max(held_s), sum(held_s)) as held_s
    from claimed
    group by all
),

worked as (
    select
        hours.usage_date, hours.hour_start, hours.provider_resource_id, hours.workload_id, hours.accelerator_s, hours.held_s,
        if(
            hours.is_contested,
            {{ use(problem="'claimed_by_several_runs'") }},
            {{ use("coalesce(attempts.run_kind, 'training')", "hours.run_id", "hours.attempt", "null", "attempts.model_id", "'workload'") }}
        ) as used_by,
        1 as hours
    from run_hours as hours
    left join {{ ref('telemetry.run_attempts') }} as attempts
        on hours.run_id = attempts.run_id and hours.attempt = attempts.attempt
),

claimed_hours as (
    select
        usage_date, hour_start, provider_resource_id, workload_id, sum(accelerator_s) as accelerator_s, sum(held_s) as held_s
    from run_hours
    group by all
),

workloads as (
    select
        usage_date, hour_start, provider_resource_id, workload_id, max(workload_kind) as workload_kind,
        max(endpoint_id) as endpoint_id, sum(greatest(accelerator_requested_s, accelerator_allocated_s)) as accelerator_s,
        max(held_s) as held_s
    from ({{ with_machines(ref('telemetry.workload_hours')) }})
    where provider_resource_id is not null
    group by all
),

-- the time of a workload that no run claims
unclaimed as (
    select
        workloads.usage_date, workloads.hour_start, workloads.provider_resource_id, workloads.workload_id,
        greatest(cast(less(workloads.accelerator_s, coalesce(claimed_hours.accelerator_s, 0)) as decimal(38, 9)), 0) as accelerator_s,
        greatest(cast(less(workloads.held_s, coalesce(claimed_hours.held_s, 0)) as decimal(38, 9)), 0) as held_s,
        case
            when workload_kind = 'endpoint' or endpoint_id is not null then {{ use(
                "'inference'", endpoint="endpoint_id", linked_by="'workload'", problem="if(endpoint_id is null, 'endpoint_not_named', null)"
            ) }}
            when workload_kind = 'notebook' then {{ use("'notebook'", linked_by="'workload'") }}
            else {{ use() }}
        end as used_by,
        if(claimed_hours.workload_id is null, 1, 0) as hours
    from workloads
    left join claimed_hours
        on workloads.usage_date = claimed_hours.usage_date and workloads.hour_start = claimed_hours.hour_start
        and workloads.provider_resource_id = claimed_hours.provider_resource_id
        and workloads.workload_id = claimed_hours.workload_id
),

uses as (
    select
        usage_date, provider_resource_id, workload_id, used_by, sum(accelerator_s) as accelerator_s, sum(held_s) as held_s,
        sum(hours) as hours
    from (select * from worked union all select * from unclaimed)
    group by all
),

weighed as (
    select
        *,
        case
            when max(accelerator_s) over day > 0 then coalesce(accelerator_s, 0)
            when max(held_s) over day > 0 then coalesce(held_s, 0)
            else hours
        end as weight
    from uses
    window day as (
        partition by usage_date, provider_resource_id, workload_id rows between unbounded preceding and unbounded following
    )
)

select
    usage_date,
    provider_resource_id,
    workload_id,
    array_sort(collect_list(struct(used_by, cast(weight as decimal(38, 18)) as weight))) as shares
from weighed
where weight > 0
group by all
having count(used_by.use_kind) > 0 or count(used_by.link_problem) > 0
