{% import "macros/arithmetic.sql" %}{% import "macros/cents.sql" %}{% import "macros/receivers.sql" %}with idle as (
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

held as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, workload_id, accelerator_model, sum(accelerator_s) as seconds
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
    group by all
),

ranked as (
    select
        sums.*,
        held.seconds as held_seconds,
        row_number() over (
            partition by sums.billing_month, sums.receiver_id, sums.billing_currency
            order by sums.cost desc, sums.seconds desc, sums.workload_id, sums.accelerator_model
        ) as place,
        count(*) over (partition by sums.billing_month, sums.receiver_id, sums.billing_currency) as places
    from sums
    left join held
        on held.billing_month = sums.billing_month and held.workload_id = sums.workload_id
        and held.accelerator_model = sums.accelerator_model
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, {{ folded(10) }} as position,
        count(*) as members, if(count(*) = 1, max(workload_id), null) as workload_id,
        if(count(*) = 1, max(accelerator_model), null) as accelerator_model, sum(held_seconds) as held_seconds,
        sum(seconds) as seconds, sum(cost) as cost
    from ranked
    group by all
),

cents as (
    {{ in_whole_cents("folded") }}
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    position,
    cast(members as int) as members,
    workload_id,
    accelerator_model,
    {{ hours("held_seconds") }} as held_hours,
    {{ hours("seconds") }} as idle_hours,
    cast(cost as decimal(38, 21)) as idle_cost,
    {{ cents() }} as idle_cost_shown
from cents
