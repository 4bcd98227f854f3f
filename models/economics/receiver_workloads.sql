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

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency
            order by cost desc, seconds desc, workload_id, accelerator_model
        ) as place,
        count(*) over (partition by billing_month, receiver_id, billing_currency) as places
    from sums
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, {{ folded(10) }} as position,
        count(*) as members, if(count(*) = 1, max(workload_id), null) as workload_id,
        if(count(*) = 1, max(accelerator_model), null) as accelerator_model, sum(seconds) as seconds, sum(cost) as cost
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
    {{ hours("seconds") }} as idle_hours,
    cast(cost as decimal(38, 21)) as idle_cost,
    {{ cents() }} as idle_cost_shown
from cents
