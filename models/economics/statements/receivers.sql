with closed as (
    select * from {{ source('ops.closed_teams') }}
),

-- teams of closed months are also charged in later months: corrections are
teams as (
    select team_id, max(cost_centre) as cost_centre, max(cost_centre_id) as cost_centre_id
    from (
        select team_id, cost_centre, cost_centre_id from {{ source('conf.teams') }}
        union all
        select team_id, null, null from closed
    )
    group by all
),

-- the closed months in which a team had another cost centre than it has now
moved as (
    select closed.*
    from closed
    inner join teams on closed.team_id = teams.team_id
    where closed.cost_centre_id is distinct from teams.cost_centre_id
),

cost_centres as (
    select teams.*, cast(null as date) as only_month, other.months as except_months
    from teams
    left join (
        select team_id, array_sort(collect_set(billing_month)) as months from moved group by all
    ) as other on teams.team_id = other.team_id
    union all
    select team_id, cost_centre, cost_centre_id, billing_month, null from moved
)

select
    'team' as receiver_kind,
    team_id as receiver_id,
    team_id as short_id,
    'team' as covers,
    team_id as covered_id,
    cast(null as date) as only_month,
    cast(null as array<date>) as except_months
from teams
union all
select 'cost_centre', cost_centre_id, cost_centre, 'team', team_id, only_month, except_months
from cost_centres
where cost_centre_id is not null
union all
select receiver_kind, receiver_id, project_id, if(receiver_kind = 'company', 'all', 'project'), project_id, null, null
from {{ source('conf.receivers') }}
where receiver_kind in ('company', 'project')
