{% import "macros/arithmetic.sql" %}{% import "macros/budgets.sql" %}with scopes as (
    select scopes.*, map_entries(scopes.conditions) as listed, budgets.measure
    from {{ ref('governance.budget_scopes') }} as scopes
    inner join {{ ref('governance.budgets') }} as budgets on scopes.budget_id = budgets.budget_id
),

held as (
    select
        usage_date, team_id, accelerator_s,
        map('team', team_id, 'project', project_id, 'environment', environment, 'model', model_id) as facts
    from {{ ref('allocation.workload_owners') }}
    where accelerator_s > 0
),

held_in_scope as (
    select scopes.budget_id, held.usage_date, cast(trunc(held.usage_date, 'month') as date) as billing_month, held.team_id, held.accelerator_s
    from held
    inner join scopes
        on scopes.measure = 'accelerator_hours' and scopes.scope_kind not in ('run', 'experiment', 'user')
        and forall(scopes.listed, c -> try_element_at(held.facts, c.key) <=> c.value)
),

-- time that several runs claim belongs to none of them, as its cost
hours as (
    select budget_id, usage_date, accelerator_s
    from ({{ of_their_cost_centre("held_in_scope", "scopes", ref('economics.receivers')) }})
    union all
    select runs.budget_id, claimed.usage_date, claimed.accelerator_s
    from {{ ref('telemetry.run_hours') }} as claimed
    inner join {{ ref('governance.budget_runs') }} as runs on claimed.run_id = runs.run_id
    inner join scopes on runs.budget_id = scopes.budget_id and scopes.measure = 'accelerator_hours'
    where claimed.claims = 1 and claimed.accelerator_s is not null
),

answered as (
    select
        usage_date, plus(coalesce(input_tokens, 0), coalesce(output_tokens, 0)) as tokens, tenant_id,
        map('model', model_id, 'endpoint', endpoint_id) as facts
    from {{ ref('telemetry.inference_hours') }}
    where input_tokens is not null or output_tokens is not null
)

select budget_id, usage_date, cast({{ divided("sum(accelerator_s)", 3600) }} as decimal(38,21)) as quantity
from hours
group by all
union all
select scopes.budget_id, answered.usage_date, cast(sum(answered.tokens) as decimal(38,21))
from answered
inner join scopes
    on scopes.measure = 'tokens' and forall(scopes.listed, c -> try_element_at(answered.facts, c.key) <=> c.value)
    and (scopes.scope_kind <> 'tenant' or answered.tenant_id = scopes.scope_value)
group by all
