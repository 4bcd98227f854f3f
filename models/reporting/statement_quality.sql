with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
),

bills as (
    select
        to_date(date_trunc('month', BillingPeriodStart)) as billing_month, BillingCurrency as billing_currency,
        sum(BilledCost) as billed, sum(EffectiveCost) as effective
    from {{ ref('focus.cost_and_usage') }}
    group by all
),

allocated as (
    select
        x_BillingMonth as billing_month, BillingCurrency as billing_currency,
        sum(BilledCost) as billed, sum(EffectiveCost) as effective
    from charges
    group by all
),

kinds as (
    select distinct rule_id, kind from {{ source('conf.owner_rules') }}
),

teams as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, BillingCurrency as billing_currency,
        sum(EffectiveCost) as cost,
        sum(if(kinds.kind = 'tag', EffectiveCost, 0)) as tagged,
        sum(if(kinds.kind is null, EffectiveCost, 0)) as last_resort,
        sum(if(coalesce(Tags, '{}') = '{}', EffectiveCost, 0)) as untagged
    from charges
    left join kinds on kinds.rule_id = charges.x_OwnerRuleId
    group by all
),

measures as (
    select
        teams.billing_month, teams.team_id, teams.billing_currency,
        posexplode(array(
            named_struct('measure', 'billed_difference', 'money', bills.billed - allocated.billed, 'part', null),
            named_struct('measure', 'effective_difference', 'money', bills.effective - allocated.effective, 'part', null),
            named_struct('measure', 'tag_share', 'money', null, 'part', teams.tagged),
            named_struct('measure', 'last_resort_share', 'money', null, 'part', teams.last_resort),
            named_struct('measure', 'untagged_share', 'money', null, 'part', teams.untagged)
        )) as (place, found),
        teams.cost
    from teams
    inner join allocated
        on allocated.billing_month = teams.billing_month and allocated.billing_currency = teams.billing_currency
    left join bills on bills.billing_month = teams.billing_month and bills.billing_currency = teams.billing_currency
)

select
    billing_month,
    team_id,
    billing_currency,
    cast(place + 1 as int) as position,
    found.measure as measure,
    cast(round(found.money, 2) as decimal(38,2)) as money_shown,
    try_cast(found.part / nullif(cost, 0) as decimal(18,9)) as ratio
from measures
