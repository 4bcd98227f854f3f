{% import "macros/comparable.sql" %}{% import "macros/converted.sql" %}
with costs as (
    select * from {{ ref('economics.receiver_costs') }}
),

idle as (
    select
        cast(trunc(usage_date, 'month') as date) as billing_month, team_id, billing_currency,
        sum(effective_cost) as cost
    from {{ ref('allocation.idle_hours') }}
    where idle_kind = 'workload_idle'
    group by all
),

-- idle accelerators are known by team, not by project
members as (
    select distinct billing_month, receiver_id, billing_currency, team_id from costs where receiver_kind <> 'project'
),

idle_of_members as (
    select members.billing_month, members.receiver_id, members.billing_currency, sum(idle.cost) as cost
    from members
    inner join idle
        on idle.billing_month = members.billing_month
        and idle.team_id = members.team_id and idle.billing_currency = members.billing_currency
    group by all
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
        billing_month, receiver_kind, receiver_id, billing_currency, count(distinct team_id) as teams,
        sum(effective_cost) as effective_cost, sum(billed_cost) as billed_cost
    from costs
    group by all
),

priced as (
    select
        totals.*,
        if(receivers.reporting_currency = totals.billing_currency, null, receivers.reporting_currency) as reporting_currency,
        rates.latest as rate
    from totals
    left join {{ source('conf.receivers') }} as receivers on receivers.receiver_id = totals.receiver_id
    left join rates
        on rates.month = totals.billing_month
        and rates.from_currency = totals.billing_currency and rates.to_currency = receivers.reporting_currency
),

measured as (
    select * from {{ ref('economics.measured_receivers') }}
),

{{ begun("totals") }}

select
    latest.billing_month,
    latest.receiver_kind,
    latest.receiver_id,
    latest.billing_currency,
    cast(latest.teams as int) as teams,
    cast(latest.effective_cost as decimal(38,21)) as total_cost,
    cast(latest.billed_cost as decimal(38,21)) as billed_cost,
    cast(before.effective_cost as decimal(38,21)) as previous_cost,
    cast(idle_of_members.cost as decimal(38,21)) as workload_idle_cost,
    latest.reporting_currency,
    latest.rate.rate as exchange_rate,
    latest.rate.rate_date as exchange_rate_date,
    latest.rate.source as exchange_rate_source,
    {{ converted("latest.effective_cost", "latest.rate.rate") }} as converted_shown,
    {{ converted("before.effective_cost", "before.rate.rate") }} as converted_previous_shown,
    begun.comparable_since
from priced as latest
left join begun
    on begun.billing_month = latest.billing_month
    and begun.receiver_id = latest.receiver_id and begun.billing_currency = latest.billing_currency
left join priced as before
    on before.billing_month = add_months(latest.billing_month, -1)
    and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
    and latest.billing_month is distinct from begun.comparable_since
left join idle_of_members
    on idle_of_members.billing_month = latest.billing_month
    and idle_of_members.receiver_id = latest.receiver_id
    and idle_of_members.billing_currency = latest.billing_currency
