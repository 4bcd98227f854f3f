{% import "macros/arithmetic.sql" %}with held as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, project_id, workload_id, accelerator_model, hour_start,
        sum(accelerator_s) as held_s, {{ known_sum("accelerator_active_s") }} as active_s
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0 and team_id is not null
    group by all
),

uses as (
    select distinct billing_month, workload_id, use_kind, endpoint_id, run_id
    from {{ ref('economics.use_costs') }}
    where workload_id is not null and use_kind is not null
),

-- an endpoint keeps one accelerator, also if no request came; what a run lost is an action of its own
kept as (
    select billing_month, workload_id, max(endpoint_id) as endpoint_id, max(use_kind = 'inference') as serves, max(waste > 0) as is_lost
    from uses
    left join {{ ref('economics.receiver_run_costs') }} as runs using (billing_month, run_id)
    group by all
),

needed as (
    select
        held.*, endpoint_id,
        greatest(ceil({{ hours("max(active_s) over workload") }}), if(serves, 1, 0)) as devices,
        count(*) over workload = count(active_s) over workload and not coalesce(is_lost, false) as is_known
    from held
    left join kept using (billing_month, workload_id)
    window workload as (partition by billing_month, team_id, workload_id, accelerator_model)
),

spare as (
    select
        billing_month, team_id, project_id, workload_id, accelerator_model, endpoint_id,
        sum(greatest(held_s - devices * 3600, 0)) as spare_s
    from needed
    where is_known
    group by all
),

idle as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, workload_id, accelerator_model, billing_currency,
        sum(idle_s) as idle_s, sum(effective_cost) as cost
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle' and billing_currency is not null
    group by all
)

select
    spare.billing_month,
    spare.team_id,
    spare.project_id,
    idle.billing_currency,
    'spare_accelerators' as action,
    coalesce(spare.endpoint_id, spare.workload_id) as subject_id,
    spare.team_id as owner_id,
    spare.workload_id as item_id,
    spare.workload_id as item_name,
    spare.accelerator_model as compared_with,
    spare.accelerator_model as part,
    {{ hours("spare.spare_s") }} as quantity,
    cast(idle.cost as decimal(38,21)) as whole_cost,
    in_proportion(idle.cost, spare.spare_s, idle.idle_s) as saved
from spare
inner join idle using (billing_month, team_id, workload_id, accelerator_model)
where spare.spare_s > 0
