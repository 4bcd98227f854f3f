{% import "macros/statement_head.sql" %}
with totals as (
    select * from {{ ref('economics.receiver_totals') }} where receiver_kind = 'team'
),

issuer as (
    {{ issuer(source('conf.settings')) }}
),

teams as (
    select * from {{ source('conf.teams') }}
)

select
    totals.billing_month,
    totals.receiver_id as team_id,
    totals.billing_currency,
    teams.name as team_name,
    centres.cost_centre,
    issuer.company_name,
    issuer.contact,
    date_add(add_months(totals.billing_month, 1), issuer.dispute_days) as dispute_until,
    totals.total_cost,
    totals.billed_cost,
    {{ totals_shown() }}
from totals
cross join issuer
left join teams on teams.team_id = totals.receiver_id
left join {{ ref('economics.team_cost_centres') }} as centres
    on centres.billing_month = totals.billing_month and centres.team_id = totals.receiver_id
