{% import "macros/uses.sql" %}{% import "macros/attempts.sql" %}{% import "macros/node_key.sql" %}with resources as (
    select
        {{ resource_key("resource_id") }} as resource_key,
        array_sort(collect_list(struct(
            run_id, attempt, run_kind, model_id, started_at, coalesce(ended_at, started_at + interval 400 days) as ended_at
        ))) as attempts
    from {{ ref('telemetry.run_attempts') }}
    where resource_id is not null and started_at is not null
    group by all
),

jobs as (
    select distinct usage_date, ResourceId, true as is_run from {{ ref('economics.billed_uses') }} where is_run
),

-- hours of each meter; if several meters count hours, the resource lived for the smallest number of them
meters as (
    select /*+ broadcast(resources) */
        x_AllocationDate as usage_date, ResourceId as resource_id, {{ charge_period() }}, attempts, SkuMeter,
        sum(if(x_CostKind = 'direct' and PricingUnit = 'Hours', x_PricingQuantity, null)) as hours
    from {{ ref('allocation.allocated_charges') }}
    inner join resources on {{ resource_key("ResourceId") }} = resources.resource_key
    group by all
),

periods as (
    select
        meters.usage_date, meters.resource_id, of_hour, period_start, attempts, coalesce(jobs.is_run, false) as is_run,
        period_start + if(of_hour, interval 1 hour, interval 24 hours) as period_end,
        cast(least(coalesce(min(if(hours > 0, hours, null)), 24), if(of_hour, 1, 24)) * 3600 as decimal(38, 9)) as billed_s
    from meters
    left join jobs on meters.usage_date = jobs.usage_date and meters.resource_id = jobs.ResourceId
    group by all
),

begun as (
    select
        *, filter(attempts, one -> one.started_at < period_end and one.ended_at > period_start) as present,
        filter(attempts, one -> one.started_at < period_end and to_date(one.ended_at) >= date_sub(usage_date, 400)) as begun
    from periods
),

-- a charge of a job for a later time is that of the run that ended last
claimed as (
    select
        *,
        transform(
            if(
                size(present) > 0 or not is_run, present,
                filter(begun, one -> one.run_id = array_max(transform(begun, each -> struct(each.ended_at, each.run_id))).run_id)
            ),
            one -> struct(
                {{ use("one.run_kind", "one.run_id", "one.attempt", "null", "one.model_id", "'resource'") }} as used_by,
                cast({{ seconds_between("greatest(one.started_at, period_start)", "least(one.ended_at, period_end)") }} as decimal(38, 18)) as weight
            )
        ) as claims,
        exists(present, one -> exists(
            present, each -> one.run_id <> each.run_id and one.started_at < each.ended_at and one.ended_at > each.started_at
        )) as is_contested
    from begun
),

held as (
    select *, {{ total_weight("claims") }} as held_s from claimed where size(claims) > 0
)

select
    usage_date,
    resource_id,
    of_hour,
    period_start,
    if(is_contested, array(struct({{ use(problem="'claimed_by_several_runs'") }} as used_by, held_s as weight)), claims) as shares,
    if(is_run, cast(0 as decimal(38, 18)), cast(greatest(billed_s - held_s, 0) as decimal(38, 18))) as other_s
from held
