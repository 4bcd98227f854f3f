with totals as (
    select * from {{ ref('economics.receiver_totals') }}
),

issuer as (
    select
        max(if(name = 'company_name', value, null)) as company_name,
        max(if(name = 'contact', value, null)) as contact,
        cast(coalesce(max(if(name = 'dispute_days', value, null)), '14') as int) as dispute_days
    from {{ source('conf.settings') }}
),

configured as (
    select * from {{ source('conf.receivers') }}
),

receivers as (
    select distinct receiver_id, short_id from {{ ref('economics.receivers') }}
)

select
    totals.billing_month,
    totals.receiver_kind,
    totals.receiver_id,
    if(totals.receiver_kind = 'team', totals.receiver_id, null) as team_id,
    totals.billing_currency,
    coalesce(configured.name, case totals.receiver_kind
        when 'company' then issuer.company_name
        when 'cost_centre' then concat('Cost centre ', receivers.short_id)
        when 'project' then concat('Project ', receivers.short_id)
    end) as receiver_name,
    centres.cost_centre,
    totals.teams,
    issuer.company_name,
    issuer.contact,
    date_add(add_months(totals.billing_month, 1), issuer.dispute_days) as dispute_until,
    totals.total_cost,
    totals.billed_cost,
    cast(round(totals.total_cost, 2) as decimal(38,2)) as total_shown,
    cast(round(totals.previous_cost, 2) as decimal(38,2)) as previous_shown,
    cast(round(totals.billed_cost, 2) as decimal(38,2)) as billed_shown,
    cast(round(totals.workload_idle_cost, 2) as decimal(38,2)) as workload_idle_shown,
    totals.reporting_currency,
    totals.exchange_rate,
    totals.exchange_rate_date,
    totals.exchange_rate_source,
    totals.converted_shown,
    totals.converted_previous_shown,
    coalesce(billed_days.last_day, last_day(totals.billing_month)) as billed_until,
    totals.comparable_since
from totals
cross join issuer
left join configured on configured.receiver_id = totals.receiver_id
left join receivers on receivers.receiver_id = totals.receiver_id
left join {{ ref('economics.team_cost_centres') }} as centres
    on centres.billing_month = totals.billing_month and centres.team_id = totals.receiver_id
left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = totals.billing_month
