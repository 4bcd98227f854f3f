{% import "macros/receivers.sql" %}with costs as (
    select * from {{ ref('economics.receiver_costs') }}
    where correction_of_month is null and (cost_kind = 'shared' or rule_id = concat('pool ', pool_id))
),

sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, pool_id,
        sum(if(cost_kind = 'shared', effective_cost, 0)) as cost,
        sum(if(cost_kind = 'shared', 0, effective_cost)) as other_cost
    from costs
    group by all
),

units as (
    select * from {{ ref('economics.monthly_pools') }}
),

received as (
    {{ received("units", "units.billing_month", source('conf.teams'), source('ops.closed_teams')) }}
),

working as (
    select
        billing_month, receiver.id as receiver_id, billing_currency, pool_id, max(driver) as driver, sum(units) as units
    from received
    group by all
),

bridge as (
    select * from {{ ref('economics.receiver_lines') }} where breakdown = 'bridge' and name = 'shared'
),

-- rounds to cents so that the pools sum to the printed line of shared cost on the bridge
cents as (
    select
        sums.*,
        max(if(receiver_kind = 'company', cost, null)) over pool as pool_cost,
        floor(cost, 2) as whole,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by cost - floor(cost, 2) desc, cost desc, pool_id
        ) as turn,
        sum(floor(cost, 2)) over (partition by billing_month, receiver_id, billing_currency) as wholes
    from sums
    window pool as (
        partition by billing_month, billing_currency, pool_id rows between unbounded preceding and unbounded following
    )
)

select
    cents.billing_month,
    cents.receiver_kind,
    cents.receiver_id,
    cents.billing_currency,
    cast(row_number() over (
        partition by cents.billing_month, cents.receiver_id, cents.billing_currency order by cents.cost desc, cents.pool_id
    ) as int) as position,
    cents.pool_id,
    coalesce(pools.name, cents.pool_id) as pool_name,
    working.driver,
    cast(working.units as decimal(38, 9)) as units,
    cast(company.units as decimal(38, 9)) as all_units,
    cast(cents.cost as decimal(38, 21)) as effective_cost,
    cast(round(cents.pool_cost, 2) as decimal(38, 2)) as pool_shown,
    cast(
        cents.whole + if(cents.turn <= (coalesce(bridge.cost_shown, 0) - cents.wholes) * 100, 0.01, 0.00) as decimal(38, 2)
    ) as share_shown,
    cast(round(cents.other_cost, 2) as decimal(38, 2)) as tax_and_credit_shown
from cents
left join bridge
    on cents.billing_month = bridge.billing_month
    and cents.receiver_id = bridge.receiver_id and cents.billing_currency = bridge.billing_currency
left join working
    on cents.billing_month = working.billing_month
    and cents.receiver_id = working.receiver_id and cents.billing_currency = working.billing_currency
    and cents.pool_id = working.pool_id
left join working as company
    on cents.billing_month = company.billing_month
    and cents.billing_currency = company.billing_currency and cents.pool_id = company.pool_id
    and company.receiver_id = 'company.all'
left join {{ source('conf.pools') }} as pools on cents.pool_id = pools.pool_id
