{% import "macros/arithmetic.sql" %}{% import "macros/cents.sql" %}{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with currency as (
    select max(value) as company from {{ source('conf.settings') }} where name = 'currency'
),

-- telemetry says what was held of the nodes that it knows; the bill says the prices of all accelerators, and the rest
measured as (
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
),

known as (
    select * from measured where team_id is not null
),

received as (
    {{ received("known", "known.billing_month", ref('economics.receivers')) }}
),

sums as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id,
        coalesce(billing_currency, currency.company, 'XXX') as billing_currency, accelerator_model, is_billed_only,
        {{ known_sum("provisioned_hours") }} as provisioned, sum(allocated_hours) as allocated, sum(active_hours) as active,
        {{ known_sum("node_idle_hours") }} as node_idle, sum(workload_idle_hours) as workload_idle,
        sum(effective_cost) as cost, sum(measured_hours) as measured, {{ known_sum("billed_hours") }} as billed,
        sum(committed_hours) as committed, sum(spot_hours) as spot, sum(list_cost) as listed,
        sum(contracted_cost) as contracted, sum(paid_cost) as paid
    from received
    cross join currency
    group by all
    having bool_or(has_hours)
),

priced as (
    select
        *,
        cast(row_number() over (
            partition by billing_month, receiver_id, billing_currency
            order by is_billed_only, cost desc, provisioned desc, accelerator_model
        ) as int) as position,
        {{ divided("listed", "billed") }} as list_price,
        {{ divided("contracted", "billed") }} as contracted_price,
        {{ divided("paid", "billed") }} as paid_price,
        cast({{ divided("committed", "billed", 9) }} as decimal(18, 9)) as committed_ratio,
        cast({{ divided("spot", "billed", 9) }} as decimal(18, 9)) as spot_ratio
    from sums
),

compared as (
    select
        *,
        max(if(receiver_kind = 'company', struct(list_price, contracted_price, paid_price, committed_ratio, spot_ratio), null)) over (
            partition by billing_month, billing_currency, accelerator_model, is_billed_only
        ) as company
    from priced
)

select
    {{ receiver() }},
    position,
    {{ line_id("'a'") }} as line_id,
    accelerator_model,
    is_billed_only,
    cast(provisioned as decimal(38,9)) as provisioned_hours,
    cast(allocated as decimal(38,9)) as allocated_hours,
    cast(active as decimal(38,9)) as active_hours,
    cast(node_idle as decimal(38,9)) as node_idle_hours,
    cast(workload_idle as decimal(38,9)) as workload_idle_hours,
    cast(cost as decimal(38,21)) as effective_cost,
    {{ cents_of() }} as cost_shown,
    {{ divided("cost", "provisioned") }} as cost_per_provisioned_hour,
    {{ divided("cost", "allocated") }} as cost_per_allocated_hour,
    {{ divided("cost", "active") }} as cost_per_active_hour,
    cast({{ divided("measured", "allocated", 9) }} as decimal(18,9)) as coverage_ratio,
    list_price,
    contracted_price,
    paid_price,
    committed_ratio,
    spot_ratio,
    company.list_price as company_list_price,
    company.contracted_price as company_contracted_price,
    company.paid_price as company_paid_price,
    company.committed_ratio as company_committed_ratio,
    company.spot_ratio as company_spot_ratio
from compared
