with measured as (
    select * from {{ ref('economics.measured_receivers') }}
)

select
    costs.*,
    measured.receiver_id is null as is_measured_as_before,
    coalesce(measured.is_comparable, true) as total_compares,
    coalesce(teams.is_comparable, true) as team_compares
from {{ ref('economics.receiver_costs') }} as costs
left join measured
    on measured.billing_month = costs.billing_month
    and measured.receiver_id = costs.receiver_id and measured.billing_currency = costs.billing_currency
left join measured as teams
    on teams.receiver_kind = 'team' and teams.receiver_id = costs.team_id
    and teams.billing_month = costs.billing_month and teams.billing_currency = costs.billing_currency
