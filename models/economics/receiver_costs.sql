with costs as (
    select * from {{ ref('economics.statement_costs') }}
),

teams as (
    select team_id, max(cost_centre) as cost_centre from {{ source('conf.teams') }} group by team_id
),

received as (
    select
        costs.*,
        explode(array_compact(array(
            named_struct('kind', 'team', 'id', costs.team_id),
            if(teams.cost_centre is null, null, named_struct('kind', 'cost_centre', 'id', concat('centre.', teams.cost_centre))),
            named_struct('kind', 'company', 'id', 'company.all')
        ))) as receiver
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
