with attempts as (
    select
        run_month as billing_month,
        ended_at < started_at or contains(labels['correction'], 'ended before it started') as ends_early,
        ended_at > started_at + interval 400 days as lasts_too_long,
        contains(labels['problems'], 'its own parent') as is_own_parent,
        labels['problems'] <> 'it is its own parent' as is_read_in_part,
        exists(map_values(metrics), value -> lower(value) rlike '^[+-]?(nan|inf|infinity)$') as has_no_number
    from {{ ref('telemetry.run_attempts') }}
),

counted as (
    select
        billing_month, count_if(ends_early) as ends_early, count_if(lasts_too_long) as lasts_too_long,
        count_if(is_own_parent) as is_own_parent, count_if(is_read_in_part) as is_read_in_part,
        count_if(has_no_number) as has_no_number
    from attempts
    group by all
),

of_attempts as (
    select
        billing_month,
        explode(array(
            struct(2 as position, 'record_ends_before_start' as measure, ends_early as records),
            struct(3 as position, 'record_lasts_too_long' as measure, lasts_too_long as records),
            struct(8 as position, 'run_is_its_own_parent' as measure, is_own_parent as records),
            struct(9 as position, 'metric_is_no_number' as measure, has_no_number as records),
            struct(10 as position, 'record_read_in_part' as measure, is_read_in_part as records)
        )) as fault
    from counted
),

nodes as (
    select distinct usage_date, cluster_id, node_id, provider_resource_id
    from {{ ref('allocation.job_nodes') }}
    where {{ has_intervals() }} and busy_s > 0
),

charged as (
    select distinct x_AllocationDate as usage_date, x_NodeId as provider_resource_id
    from {{ ref('allocation.allocated_charges') }}
    where {{ has_intervals() }} and x_NodeId is not null
),

engines as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month,
        case
            when reason like 'counters were reset%' then 'counters_reset'
            when reason like 'the count of the histogram%' then 'histogram_below_bucket'
            else 'samples_left_out'
        end as measure,
        findings
    from {{ ref('telemetry.serving_faults') }}
),

counts as (
    select billing_month, 1 as position, 'rejected_rows' as measure, sum(rejected_rows) as records
    from {{ source('ops.rejected_rows') }}
    group by all
    union all
    select billing_month, fault.position, fault.measure, fault.records from of_attempts
    union all
    select cast(trunc(usage_date, 'month') as date), 4, 'job_without_nodes', count(distinct cluster_id, workload_id)
    from {{ ref('telemetry.workload_hours') }}
    where {{ has_intervals() }} and scheduler = 'slurm' and node_id is null
    group by all
    union all
    select cast(trunc(usage_date, 'month') as date), 5, 'node_without_bill', count(distinct cluster_id, node_id)
    from nodes
    left anti join charged
        on nodes.usage_date = charged.usage_date and nodes.provider_resource_id = charged.provider_resource_id
    group by all
    union all
    select
        billing_month, case measure when 'counters_reset' then 11 when 'histogram_below_bucket' then 12 else 13 end, measure,
        sum(findings)
    from engines
    group by all
)

select
    billing_month,
    position,
    measure,
    cast(null as string) as team_id,
    cast(null as string) as billing_currency,
    records,
    cast(null as decimal(38, 21)) as cost
from counts
where records > 0
union all
select
    cast(trunc(usage_date, 'month') as date),
    if(link_problem = 'claimed_by_several_runs', 6, 7),
    link_problem,
    team_id,
    billing_currency,
    null,
    cast(sum(effective_cost) as decimal(38, 21))
from {{ ref('economics.use_costs') }}
where link_problem is not null
group by all
