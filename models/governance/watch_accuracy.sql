{% import "macros/arithmetic.sql" %}with watched as (
    select
        to_date(hour_start) as usage_date, cluster_id, workload_id, billing_currency, count(distinct hour_start) as hours,
        sum(estimated_cost) as estimated_cost
    from {{ ref('governance.watch_hours') }}
    where workload_id is not null and estimated_cost is not null
    group by all
),

owned as (
    select usage_date, cluster_id, workload_id, count(distinct hour_start) as hours
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
    group by all
),

machines as (
    select distinct usage_date, cluster_id, workload_id, provider_resource_id
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
),

charged as (
    select
        machines.usage_date, machines.cluster_id, machines.workload_id, charges.BillingCurrency as billing_currency,
        sum(charges.EffectiveCost) as allocated_cost
    from machines
    inner join {{ ref('economics.held_charges') }} as charges
        on machines.usage_date = charges.x_AllocationDate and machines.provider_resource_id = charges.x_NodeId
        and machines.workload_id = charges.x_WorkloadId
    group by all
),

-- a workload of a day counts if the watch saw every hour that the night knows, and a bill charges the day
compared as (
    select
        watched.usage_date, watched.billing_currency, watched.estimated_cost,
        if(owned.hours = watched.hours, charged.allocated_cost, null) as allocated_cost
    from watched
    left join owned
        on watched.usage_date = owned.usage_date and watched.cluster_id = owned.cluster_id and watched.workload_id = owned.workload_id
    left join charged
        on watched.usage_date = charged.usage_date and watched.cluster_id = charged.cluster_id
        and watched.workload_id = charged.workload_id and watched.billing_currency = charged.billing_currency
),

days as (
    select
        usage_date, billing_currency, count(allocated_cost) as workloads,
        sum(if(allocated_cost is null, 0, estimated_cost)) as estimated_cost, sum(allocated_cost) as allocated_cost,
        sum(estimated_cost) as all_estimated
    from compared
    group by all
)

select
    usage_date,
    billing_currency,
    workloads,
    cast(estimated_cost as decimal(38, 21)) as estimated_cost,
    cast(allocated_cost as decimal(38, 21)) as allocated_cost,
    cast(estimated_cost - allocated_cost as decimal(38, 21)) as difference,
    cast({{ divided("estimated_cost - allocated_cost", "allocated_cost", 9) }} as decimal(18, 9)) as difference_ratio,
    cast({{ divided("estimated_cost", "all_estimated", 9) }} as decimal(18, 9)) as compared_ratio
from days
where workloads > 0
