{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}with currency as (
    select max(value) as company from {{ source('conf.settings') }} where name = 'currency'
),

unit_costs as (
    select * from {{ ref('economics.accelerator_unit_costs') }} where team_id is not null and accelerator_model is not null
),

received as (
    {{ received("unit_costs", "unit_costs.usage_month", source('conf.teams'), source('ops.closed_teams')) }}
),

sums as (
    select
        usage_month as billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id,
        coalesce(billing_currency, currency.company, 'XXX') as billing_currency, accelerator_model,
        {{ known_sum("provisioned_hours") }} as provisioned, sum(allocated_hours) as allocated, sum(active_hours) as active,
        {{ known_sum("node_idle_hours") }} as node_idle, sum(workload_idle_hours) as workload_idle,
        sum(effective_cost) as cost,
        sum({{ multiplied("coverage_ratio", "allocated_hours", 9) }}) as measured
    from received
    cross join currency
    group by all
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    cast(row_number() over (
        partition by billing_month, receiver_id, billing_currency order by cost desc, provisioned desc, accelerator_model
    ) as int) as position,
    accelerator_model,
    cast(provisioned as decimal(38,9)) as provisioned_hours,
    cast(allocated as decimal(38,9)) as allocated_hours,
    cast(active as decimal(38,9)) as active_hours,
    cast(node_idle as decimal(38,9)) as node_idle_hours,
    cast(workload_idle as decimal(38,9)) as workload_idle_hours,
    cast(round(cost, 2) as decimal(38,2)) as cost_shown,
    {{ divided("cost", "provisioned") }} as cost_per_provisioned_hour,
    {{ divided("cost", "allocated") }} as cost_per_allocated_hour,
    {{ divided("cost", "active") }} as cost_per_active_hour,
    cast({{ divided("measured", "allocated", 9) }} as decimal(18,9)) as coverage_ratio
from sums
