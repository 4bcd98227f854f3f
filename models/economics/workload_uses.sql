{% import "macros/uses.sql" %}with hours as (
    select *, claims > 1 as is_contested from {{ ref('telemetry.run_hours') }} where provider_resource_id is not null
),

-- if several runs claim a workload in an hour, each has a row with the same time
run_hours as (
    select
        usage_date, hour_start, provider_resource_id, workload_id, is_contested,
        if(is_contested, null, run_id) as run_id, if(is_contested, null, attempt) as attempt,
        if(is_contested, max(accelerator_s), sum(accelerator_s)) as accelerator_s,
        if(is_contested, max(held_s), sum(held_s)) as held_s
    from hours
    group by
        usage_date, hour_start, provider_resource_id, workload_id, is_contested, if(is_contested, null, run_id),
        if(is_contested, null, attempt)
),

worked as (
    select
        hours.usage_date, hours.hour_start, hours.provider_resource_id, hours.workload_id, hours.accelerator_s, hours.held_s,
        if(
            hours.is_contested,
            {{ use(problem="'claimed_by_several_runs'") }},
            {{ use("coalesce(attempts.run_kind, 'training')", "hours.run_id", "hours.attempt", "null", "attempts.model_id", "'workload'") }}
        ) as used_by
    from run_hours as hours
    left join {{ ref('telemetry.run_attempts') }} as attempts
        on hours.run_id = attempts.run_id and hours.attempt = attempts.attempt
),

workloads as (
    select *, {{ endpoint_of_labels("labels") }} as endpoint_id
    from {{ ref('telemetry.workload_hours') }}
    where provider_resource_id is not null
),

-- endpoints and notebooks that no run claims on the day
served as (
    select
        usage_date, hour_start, provider_resource_id, workload_id,
        greatest(accelerator_requested_s, accelerator_allocated_s) as accelerator_s, cast(null as decimal(38, 9)) as held_s,
        if(
            workload_kind = 'notebook',
            {{ use("'notebook'", linked_by="'workload'") }},
            {{ use("'inference'", endpoint="endpoint_id", linked_by="'workload'", problem="if(endpoint_id is null, 'endpoint_not_named', null)") }}
        ) as used_by
    from workloads
    left anti join run_hours using (usage_date, provider_resource_id, workload_id)
    where workload_kind in ('endpoint', 'notebook') or endpoint_id is not null
),

uses as (
    select
        usage_date, provider_resource_id, workload_id, used_by, sum(accelerator_s) as accelerator_s, sum(held_s) as held_s,
        count(distinct hour_start) as hours
    from (select * from worked union all select * from served)
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
group by all
