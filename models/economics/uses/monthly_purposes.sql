{% import "macros/stages.sql" %}with uses as (
    select costs.*, coalesce(kinds.used_for, services.used_for, 'platform') as used_for
    from {{ ref('economics.use_costs') }} as costs
    {{ joined_stages(source('reference.use_kinds'), source('reference.service_uses')) }}
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    use_kind,
    service_category,
    cost_kind,
    used_for,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost
from uses
group by all
