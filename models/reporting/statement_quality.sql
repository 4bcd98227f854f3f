with costs as (
    select * from {{ ref('economics.statement_costs') }}
),

bills as (
    select billing_month, billing_currency, sum(billed_cost) as billed, sum(effective_cost) as effective
    from {{ ref('economics.billed_months') }}
    group by all
),

stated as (
    select
        coalesce(correction_of_month, billing_month) as billing_month, billing_currency,
        sum(billed_cost) as billed, sum(effective_cost) as effective
    from costs
    group by all
),

kinds as (
    select distinct rule_id, kind from {{ source('conf.owner_rules') }}
),

teams as (
    select
        billing_month, team_id, billing_currency,
        sum(effective_cost) as cost,
        sum(if(kinds.kind = 'tag', effective_cost, 0)) as tagged,
        sum(if(costs.rule_id = 'last_resort', effective_cost, 0)) as last_resort,
        sum(if(is_tagged, 0, effective_cost)) as untagged
    from costs
    left join kinds on kinds.rule_id = costs.rule_id
    group by all
),

measures as (
    select
        teams.billing_month, teams.team_id, teams.billing_currency,
        posexplode(array(
            named_struct('measure', 'billed_difference', 'money', bills.billed - stated.billed, 'part', null),
            named_struct('measure', 'effective_difference', 'money', bills.effective - stated.effective, 'part', null),
            named_struct('measure', 'tag_share', 'money', null, 'part', teams.tagged),
            named_struct('measure', 'last_resort_share', 'money', null, 'part', teams.last_resort),
            named_struct('measure', 'untagged_share', 'money', null, 'part', teams.untagged)
        )) as (place, found),
        teams.cost
    from teams
    left join stated
        on stated.billing_month = teams.billing_month and stated.billing_currency = teams.billing_currency
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
