with idle as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, billing_currency, workload_id, accelerator_model,
        sum(idle_s) as idle_s, sum(effective_cost) as effective_cost
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle' and team_id is not null and billing_currency is not null
    group by all
),

held as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, workload_id, accelerator_model,
        sum(accelerator_s) as held_s
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
    group by all
)

select
    idle.billing_month,
    idle.team_id,
    idle.billing_currency,
    idle.workload_id,
    idle.accelerator_model,
    cast(idle.idle_s as decimal(38, 9)) as idle_s,
    cast(held.held_s as decimal(38, 9)) as held_s,
    cast(idle.effective_cost as decimal(38, 21)) as effective_cost
from idle
left join held
    on held.billing_month = idle.billing_month and held.team_id = idle.team_id
    and held.workload_id = idle.workload_id and held.accelerator_model = idle.accelerator_model
