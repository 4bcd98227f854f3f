{% import "macros/arithmetic.sql" %}with working as (
    select distinct weekday, explode(sequence(from_hour, until_hour - 1)) as hour_of_day
    from {{ source('reference.working_hours') }}
    where until_hour > from_hour
),

working_days as (
    select weekday, count(*) as hours_worked from working group by all
),

notebooks as (
    select
        usage_date, billing_month, team_id, project_id, billing_currency, workload_id, resource_id, sum(effective_cost) as cost
    from {{ ref('economics.use_costs') }} as costs
    inner join {{ source('reference.use_kinds') }} as kinds on costs.use_kind = kinds.use_kind
    where
        kinds.is_session and cost_kind in ('direct', 'idle') and coalesce(workload_id, resource_id) is not null
        and team_id is not null and billing_currency is not null
    group by all
),

-- telemetry knows the hours of a pod, and whether its accelerators were active in them; a run pays its hours itself
pod_hours as (
    select pods.usage_date, pods.workload_id, pods.hour_start, sum(pods.accelerator_active_s) as active_s
    from {{ ref('allocation.workload_owners') }} as pods
    left anti join {{ ref('telemetry.run_hours') }} as runs
        on runs.usage_date = pods.usage_date and runs.hour_start = pods.hour_start and runs.workload_id = pods.workload_id
    group by all
),

pods as (
    select
        usage_date, workload_id, cast(count(*) as decimal(38, 9)) as hours,
        cast(count_if(working.weekday is null and coalesce(active_s, 0) = 0) as decimal(38, 9)) as hours_off
    from pod_hours
    left join working
        on working.weekday = weekday(usage_date) + 1 and working.hour_of_day = hour(hour_start)
    group by all
),

-- the bill knows how many hours of a day a managed notebook ran, by the meter with the fewest
meters as (
    select x_AllocationDate as usage_date, ResourceId as resource_id, SkuMeter, sum(x_PricingQuantity) as hours
    from {{ ref('allocation.allocated_charges') }}
    where
        ChargeCategory = 'Usage' and PricingUnit = 'Hours' and x_CostKind = 'direct'
        and ResourceId in (select resource_id from notebooks)
    group by all
    having hours > 0
),

billed as (
    select usage_date, resource_id, cast(least(min(hours), 24) as decimal(38, 9)) as hours from meters group by all
),

-- at least the hours beyond the working hours of the day were outside of them
managed as (
    select billed.*, greatest(hours - coalesce(hours_worked, 0), 0) as hours_off
    from billed
    left join working_days on working_days.weekday = weekday(usage_date) + 1
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
