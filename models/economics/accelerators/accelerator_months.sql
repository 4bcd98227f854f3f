{% import "macros/arithmetic.sql" %}with currency as (
    select max(value) as company from {{ source('conf.settings') }} where name = 'currency'
),

-- telemetry says what was held of the nodes that it knows; the bill says the prices of all accelerators, and the rest
known as (
    select
        usage_month as billing_month, team_id, billing_currency, accelerator_model, false as is_billed_only, true as has_hours,
        provisioned_hours, allocated_hours, active_hours, node_idle_hours, workload_idle_hours, effective_cost,
        {{ multiplied("coverage_ratio", "allocated_hours", 9) }} as measured_hours, cast(0 as decimal(38, 9)) as billed_hours,
        cast(null as decimal(38, 9)) as committed_hours, cast(null as decimal(38, 9)) as spot_hours,
        cast(null as decimal(38, 21)) as list_cost, cast(null as decimal(38, 21)) as contracted_cost,
        cast(null as decimal(38, 21)) as paid_cost
    from {{ ref('economics.accelerator_unit_costs') }}
    where accelerator_model is not null
    union all
    select
        usage_month, team_id, billing_currency, accelerator_model, is_billed_only, is_billed_only,
        if(is_billed_only, accelerator_hours, 0), null, null, if(is_billed_only, null, 0), null,
        if(is_billed_only, effective_cost, null), null, accelerator_hours, committed_hours, spot_hours, list_cost,
        contracted_cost, effective_cost
    from {{ ref('economics.accelerator_charges') }}
)

select
    billing_month,
    team_id,
    coalesce(billing_currency, currency.company, 'XXX') as billing_currency,
    accelerator_model,
    is_billed_only,
    has_hours,
    provisioned_hours,
    allocated_hours,
    active_hours,
    node_idle_hours,
    workload_idle_hours,
    measured_hours,
    billed_hours,
    committed_hours,
    spot_hours,
    effective_cost,
    list_cost,
    contracted_cost,
    paid_cost
from known
cross join currency
where team_id is not null
