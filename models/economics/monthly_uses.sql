{% import "macros/uses.sql" %}with uses as (
    select * from {{ ref('economics.use_costs') }}
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    use_kind,
    service_category,
    cost_kind,
    {{ used_for() }} as used_for,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost
from uses
group by all
