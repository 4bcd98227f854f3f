{% import "macros/arithmetic.sql" %}with lines as (
    select *, to_date(date_trunc('month', usage_date)) as usage_month from {{ ref('economics.accelerator_costs') }}
),

sums as (
    select
        usage_month, team_id, model_id, accelerator_model, billing_currency,
        {{ hours("sum(allocated_s)") }} as allocated_hours,
        {{ hours("sum(active_s)") }} as active_hours,
        {{ hours("sum(measured_s)") }} as measured_hours,
        {{ hours(known_sum("node_idle_s")) }} as node_idle_hours,
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
