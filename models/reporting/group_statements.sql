{% import "macros/statement_head.sql" %}
with totals as (
    select * from {{ ref('economics.receiver_totals') }} where receiver_kind <> 'team'
),

issuer as (
    {{ issuer(source('conf.settings')) }}
),

receivers as (
    select * from {{ source('conf.receivers') }}
)

select
    totals.billing_month,
    totals.receiver_id as group_id,
    totals.billing_currency,
    totals.receiver_kind as group_kind,
    coalesce(
        receivers.name,
        if(totals.receiver_kind = 'company', issuer.company_name, concat('Cost centre ', substr(totals.receiver_id, 8)))
    ) as group_name,
    totals.teams,
    issuer.company_name,
    issuer.contact,
    date_add(add_months(totals.billing_month, 1), issuer.dispute_days) as dispute_until,
    totals.total_cost,
    totals.billed_cost,
    {{ totals_shown() }}
from totals
cross join issuer
left join receivers on receivers.receiver_id = totals.receiver_id
