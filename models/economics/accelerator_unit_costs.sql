with held as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, team_id, model_id, accelerator_model,
        provider_resource_id, usage_date, workload_id,
        sum(accelerator_s) as allocated_s,
        sum(accelerator_active_s) as active_s,
        sum(if(accelerator_active_s is null, 0, accelerator_s)) as measured_s
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
    group by all
),

costs as (
    select
        x_AllocationDate as usage_date, x_TeamId as team_id, x_ModelId as model_id, x_WorkloadId as workload_id,
        substring_index(ResourceId, '/', -1) as provider_resource_id, BillingCurrency as billing_currency,
        sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    where AllocatedMethodId like 'node-%'
    group by all
),

nodes as (
    select usage_date, provider_resource_id, max(accelerator_model) as accelerator_model
    from {{ ref('telemetry.node_hours') }}
    where accelerator_model is not null
    group by all
),

of_workloads as (
    select
        held.usage_month, held.team_id, held.model_id, held.accelerator_model, costs.billing_currency,
        held.allocated_s, held.active_s, held.measured_s, costs.effective_cost, cast(0 as decimal(38, 9)) as node_idle_s
    from held
    left join costs
        on held.usage_date = costs.usage_date and held.workload_id = costs.workload_id
        and held.provider_resource_id = costs.provider_resource_id
),

-- idle money that no workload received; what workloads received of it is in theirs
of_kept_idle as (
    select
        to_date(date_trunc('month', costs.usage_date)) as usage_month, costs.team_id, cast(null as string) as model_id,
        nodes.accelerator_model, costs.billing_currency, cast(0 as decimal(38, 9)) as allocated_s,
        cast(null as decimal(38, 9)) as active_s, cast(0 as decimal(38, 9)) as measured_s,
        sum(costs.effective_cost) as effective_cost, cast(0 as decimal(38, 9)) as node_idle_s
    from costs
    inner join nodes on costs.usage_date = nodes.usage_date and costs.provider_resource_id = nodes.provider_resource_id
    where costs.workload_id is null
    group by all
),

of_idle_hours as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, team_id, cast(null as string) as model_id,
        accelerator_model, billing_currency, cast(0 as decimal(38, 9)) as allocated_s,
        cast(null as decimal(38, 9)) as active_s, cast(0 as decimal(38, 9)) as measured_s,
        cast(0 as decimal(38, 21)) as effective_cost, sum(idle_s) as node_idle_s
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'node_idle'
    group by all
),

lines as (
    select * from of_workloads
    union all
    select * from of_kept_idle
    union all
    select * from of_idle_hours
),

sums as (
    select
        usage_month, team_id, model_id, accelerator_model, billing_currency,
        cast(sum(allocated_s) / 3600 as decimal(38, 9)) as allocated_hours,
        cast(sum(active_s) / 3600 as decimal(38, 9)) as active_hours,
        cast(sum(measured_s) / 3600 as decimal(38, 9)) as measured_hours,
        cast(sum(node_idle_s) / 3600 as decimal(38, 9)) as node_idle_hours,
        cast(sum(effective_cost) as decimal(38, 21)) as effective_cost
    from lines
    group by all
)

select
    usage_month,
    team_id,
    model_id,
    accelerator_model,
    billing_currency,
    cast(allocated_hours + node_idle_hours as decimal(38, 9)) as provisioned_hours,
    allocated_hours,
    active_hours,
    node_idle_hours,
    cast(measured_hours - active_hours as decimal(38, 9)) as workload_idle_hours,
    effective_cost,
    cast(try_divide(cast(effective_cost as decimal(20, 9)), cast(allocated_hours + node_idle_hours as decimal(15, 6)))
        as decimal(38, 21)) as cost_per_provisioned_hour,
    cast(try_divide(cast(effective_cost as decimal(20, 9)), cast(allocated_hours as decimal(15, 6)))
        as decimal(38, 21)) as cost_per_allocated_hour,
    cast(try_divide(cast(effective_cost as decimal(20, 9)), cast(active_hours as decimal(15, 6)))
        as decimal(38, 21)) as cost_per_active_hour,
    cast(try_divide(cast(measured_hours as decimal(15, 6)), cast(allocated_hours as decimal(15, 6)))
        as decimal(18, 9)) as coverage_ratio
from sums
