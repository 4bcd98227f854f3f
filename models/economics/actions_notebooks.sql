{% import "macros/arithmetic.sql" %}with working as (
    select * from {{ source('reference.working_hours') }}
),

notebooks as (
    select
        usage_date, billing_month, team_id, project_id, billing_currency, workload_id, resource_id, sum(effective_cost) as cost
    from {{ ref('economics.use_costs') }}
    where
        use_kind = 'notebook' and cost_kind in ('direct', 'idle') and coalesce(workload_id, resource_id) is not null
        and team_id is not null and billing_currency is not null
    group by all
),

-- telemetry knows the hours of a pod, and whether its accelerators were active in them
pod_hours as (
    select usage_date, workload_id, hour_start, sum(accelerator_active_s) as active_s
    from {{ ref('allocation.workload_owners') }}
    group by all
),

pods as (
    select
        usage_date, workload_id, cast(count(*) as decimal(38, 9)) as hours,
        cast(count_if(working.weekday is null and coalesce(active_s, 0) = 0) as decimal(38, 9)) as hours_off
    from pod_hours
    left join working
        on working.weekday = weekday(usage_date) + 1 and hour(hour_start) >= from_hour and hour(hour_start) < until_hour
    group by all
),

-- the bill knows how many hours of a day a managed notebook ran: at least those beyond the working hours were outside of them
billed as (
    select x_AllocationDate as usage_date, ResourceId as resource_id, cast(sum(x_PricingQuantity) as decimal(38, 9)) as hours
    from {{ ref('allocation.allocated_charges') }}
    where ChargeCategory = 'Usage' and PricingUnit = 'Hours' and ResourceId in (select resource_id from notebooks)
    group by all
),

managed as (
    select billed.*, greatest(hours - coalesce(until_hour - from_hour, 0), 0) as hours_off
    from billed
    left join working on working.weekday = weekday(usage_date) + 1
)

select
    notebooks.billing_month,
    notebooks.team_id,
    notebooks.project_id,
    notebooks.billing_currency,
    'notebook_off_hours' as action,
    coalesce(notebooks.workload_id, notebooks.resource_id) as subject_id,
    notebooks.team_id as owner_id,
    coalesce(notebooks.workload_id, notebooks.resource_id) as item_id,
    coalesce(notebooks.workload_id, regexp_extract(notebooks.resource_id, '[^/:]+$', 0)) as item_name,
    cast(null as string) as compared_with,
    cast(notebooks.usage_date as string) as part,
    cast(coalesce(pods.hours_off, managed.hours_off) as decimal(38,9)) as quantity,
    cast(notebooks.cost as decimal(38,21)) as whole_cost,
    in_proportion(
        notebooks.cost, coalesce(pods.hours_off, managed.hours_off), coalesce(pods.hours, managed.hours)
    ) as saved
from notebooks
left join pods on pods.usage_date = notebooks.usage_date and pods.workload_id = notebooks.workload_id
left join managed on managed.usage_date = notebooks.usage_date and managed.resource_id = notebooks.resource_id
where coalesce(pods.hours_off, managed.hours_off) > 0
