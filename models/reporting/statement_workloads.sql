{% import "macros/arithmetic.sql" %}{% import "macros/cents.sql" %}{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with idle as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, billing_currency, workload_id, accelerator_model,
        sum(idle_s) as seconds, sum(effective_cost) as cost
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle' and team_id is not null and billing_currency is not null
    group by all
),

held as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, workload_id, accelerator_model,
        sum(accelerator_s) as held_seconds
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
    group by all
),

workloads as (
    select idle.*, held_seconds
    from idle
    left join held
        on held.billing_month = idle.billing_month and held.team_id = idle.team_id
        and held.workload_id = idle.workload_id and held.accelerator_model = idle.accelerator_model
),

received as (
    {{ received("workloads", "workloads.billing_month", ref('economics.receivers')) }}
),

sums as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, workload_id, accelerator_model,
        sum(seconds) as seconds, {{ known_sum("held_seconds") }} as held_seconds, sum(cost) as cost
    from received
    group by all
),

ranked as (
    {{ ranked("sums", "cost desc, seconds desc, workload_id, accelerator_model") }}
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, {{ folded(10) }} as position,
        count(*) as members, {{ of_one("workload_id") }} as workload_id,
        {{ of_one("accelerator_model") }} as accelerator_model, {{ known_sum("held_seconds") }} as held_seconds,
        sum(seconds) as seconds, sum(cost) as cost
    from ranked
    group by all
)

select
    {{ receiver() }},
    position,
    {{ line_id("'w'") }} as line_id,
    cast(members as int) as members,
    workload_id,
    accelerator_model,
    {{ hours("held_seconds") }} as held_hours,
    {{ hours("seconds") }} as idle_hours,
    cast(cost as decimal(38, 21)) as idle_cost,
    {{ cents_of() }} as idle_cost_shown
from folded
