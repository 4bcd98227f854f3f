with months as (
    select distinct billing_month from {{ ref('economics.statement_costs') }}
),

teams as (
    select months.billing_month, teams.team_id, max(teams.cost_centre) as cost_centre
    from months
    cross join {{ source('conf.teams') }} as teams
    group by all
)

select
    coalesce(closed.billing_month, teams.billing_month) as billing_month,
    coalesce(closed.team_id, teams.team_id) as team_id,
    if(closed.team_id is null, teams.cost_centre, closed.cost_centre) as cost_centre
from teams
full outer join {{ source('ops.closed_teams') }} as closed
    on teams.billing_month = closed.billing_month and teams.team_id = closed.team_id
