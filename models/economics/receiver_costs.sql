{% import "macros/receivers.sql" %}with costs as (
    select * from {{ ref('economics.statement_costs') }}
),

teams as (
    select team_id, max(cost_centre) as cost_centre from {{ source('conf.teams') }} group by team_id
),

received as (
    select
        costs.*,
        explode({{ receivers("costs.team_id", "teams.cost_centre") }}) as receiver
    from costs
    left join teams on teams.team_id = costs.team_id
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    team_id,
    correction_of_month,
    provider,
    service_category,
    service,
    project_id,
    environment,
    model_id,
    cost_kind,
    billed_cost,
    effective_cost
from received
