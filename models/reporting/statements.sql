with costs as (
    select * from {{ ref('economics.statement_costs') }}
),

idle as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, billing_currency,
        sum(effective_cost) as cost
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle'
    group by all
),

settings as (
    select
        max(if(name = 'company_name', value, null)) as company_name,
        max(if(name = 'contact', value, null)) as contact,
        cast(coalesce(max(if(name = 'dispute_days', value, null)), '14') as int) as dispute_days
    from {{ source('conf.settings') }}
),

teams as (
    select * from {{ source('conf.teams') }}
),

rates as (
    select
        cast(trunc(rate_date, 'month') as date) as month, from_currency, to_currency,
        max(struct(rate_date, rate, source)) as latest
    from {{ source('conf.exchange_rates') }}
    group by all
),

totals as (
    select
        billing_month, team_id, billing_currency,
        sum(effective_cost) as effective_cost, sum(billed_cost) as billed_cost
    from costs
    group by all
),

converted as (
    select
        totals.*,
        teams.name as team_name,
        teams.cost_centre,
        if(teams.reporting_currency = totals.billing_currency, null, teams.reporting_currency) as reporting_currency,
        rates.latest as rate,
        cast(round(cast(round(totals.effective_cost, 2) as decimal(24,2)) * rates.latest.rate, 2) as decimal(38,2)) as converted
    from totals
    left join teams on teams.team_id = totals.team_id
    left join rates
        on rates.month = totals.billing_month
        and rates.from_currency = totals.billing_currency and rates.to_currency = teams.reporting_currency
)

select
    latest.billing_month,
    latest.team_id,
    latest.billing_currency,
    latest.team_name,
    latest.cost_centre,
    settings.company_name,
    settings.contact,
    date_add(add_months(latest.billing_month, 1), settings.dispute_days) as dispute_until,
    cast(latest.effective_cost as decimal(38,21)) as total_cost,
    cast(latest.billed_cost as decimal(38,21)) as billed_cost,
    cast(round(latest.effective_cost, 2) as decimal(38,2)) as total_shown,
    cast(round(before.effective_cost, 2) as decimal(38,2)) as previous_shown,
    cast(round(latest.billed_cost, 2) as decimal(38,2)) as billed_shown,
    cast(round(idle.cost, 2) as decimal(38,2)) as workload_idle_shown,
    latest.reporting_currency,
    latest.rate.rate as exchange_rate,
    latest.rate.rate_date as exchange_rate_date,
    latest.rate.source as exchange_rate_source,
    latest.converted as converted_shown,
    before.converted as converted_previous_shown
from converted as latest
cross join settings
left join converted as before
    on before.billing_month = add_months(latest.billing_month, -1)
    and before.team_id = latest.team_id and before.billing_currency = latest.billing_currency
left join idle
    on idle.billing_month = latest.billing_month
    and idle.team_id = latest.team_id and idle.billing_currency = latest.billing_currency
