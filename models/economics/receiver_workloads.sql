{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}with idle as (
    select * from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle' and team_id is not null and billing_currency is not null
),

received as (
    {{ received("idle", "cast(trunc(idle.usage_date, 'month') as date)", source('conf.teams'), source('ops.closed_teams')) }}
),

sums as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, receiver.kind as receiver_kind,
        receiver.id as receiver_id, billing_currency, workload_id, accelerator_model, sum(idle_s) as seconds,
        sum(effective_cost) as cost
    from received
    group by all
),

placed as (
    select
        *,
        cast(row_number() over (
            partition by billing_month, receiver_id, billing_currency
            order by cost desc, seconds desc, workload_id, accelerator_model
        ) as int) as position
    from sums
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    position,
    workload_id,
    accelerator_model,
    {{ hours("seconds") }} as idle_hours,
    cast(round(cost, 2) as decimal(38,2)) as idle_cost_shown
from placed
where position <= 10
