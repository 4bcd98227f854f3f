{% import "macros/arithmetic.sql" %}with of_accelerators as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, team_id, model_id, accelerator_model, billing_currency,
        allocated_s, active_s, measured_s, effective_cost, cast(0 as decimal(38, 9)) as node_idle_s
    from {{ ref('economics.accelerator_costs') }}
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
    select * from of_accelerators
    union all
    select * from of_idle_hours
),

sums as (
    select
        usage_month, team_id, model_id, accelerator_model, billing_currency,
        {{ hours("sum(allocated_s)") }} as allocated_hours,
        {{ hours("sum(active_s)") }} as active_hours,
        {{ hours("sum(measured_s)") }} as measured_hours,
        {{ hours("sum(node_idle_s)") }} as node_idle_hours,
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
    {{ divided("effective_cost", "allocated_hours + node_idle_hours") }} as cost_per_provisioned_hour,
    {{ divided("effective_cost", "allocated_hours") }} as cost_per_allocated_hour,
    {{ divided("effective_cost", "active_hours") }} as cost_per_active_hour,
    cast({{ divided("measured_hours", "allocated_hours", 9) }} as decimal(18, 9)) as coverage_ratio
from sums
