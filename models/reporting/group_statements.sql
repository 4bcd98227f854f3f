with costs as (
    select * from {{ ref('economics.receiver_costs') }} where receiver_kind <> 'team'
),

settings as (
    select
        max(if(name = 'company_name', value, null)) as company_name,
        max(if(name = 'contact', value, null)) as contact,
        cast(coalesce(max(if(name = 'dispute_days', value, null)), '14') as int) as dispute_days
    from {{ source('conf.settings') }}
),

idle as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, billing_currency, team_id,
        sum(effective_cost) as cost
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle'
    group by all
),

members as (
    select distinct billing_month, receiver_id, billing_currency, team_id from costs
),

idle_of_groups as (
    select members.billing_month, members.receiver_id, members.billing_currency, sum(idle.cost) as cost
    from members
    inner join idle
        on idle.billing_month = members.billing_month
        and idle.team_id = members.team_id and idle.billing_currency = members.billing_currency
    group by all
),

totals as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, count(distinct team_id) as teams,
        sum(effective_cost) as effective_cost, sum(billed_cost) as billed_cost
    from costs
    group by all
)

select
    latest.billing_month,
    latest.receiver_id as group_id,
    latest.billing_currency,
    latest.receiver_kind as group_kind,
    if(latest.receiver_kind = 'company', settings.company_name, concat('Cost centre ', substr(latest.receiver_id, 8))) as group_name,
    cast(latest.teams as int) as teams,
    settings.company_name,
    settings.contact,
    date_add(add_months(latest.billing_month, 1), settings.dispute_days) as dispute_until,
    cast(latest.effective_cost as decimal(38,21)) as total_cost,
    cast(latest.billed_cost as decimal(38,21)) as billed_cost,
    cast(round(latest.effective_cost, 2) as decimal(38,2)) as total_shown,
    cast(round(before.effective_cost, 2) as decimal(38,2)) as previous_shown,
    cast(round(latest.billed_cost, 2) as decimal(38,2)) as billed_shown,
    cast(round(idle_of_groups.cost, 2) as decimal(38,2)) as workload_idle_shown
from totals as latest
cross join settings
left join totals as before
    on before.billing_month = add_months(latest.billing_month, -1)
    and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
left join idle_of_groups
    on idle_of_groups.billing_month = latest.billing_month
    and idle_of_groups.receiver_id = latest.receiver_id
    and idle_of_groups.billing_currency = latest.billing_currency
