{% import "macros/cents.sql" %}{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with costs as (
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
    {{ received("units", "units.billing_month", ref('economics.receivers')) }}
),

working as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, pool_id, max(driver) as driver, sum(units) as units
    from received
    group by all
),

bridge as (
    select * from {{ ref('reporting.statement_lines') }} where breakdown = 'bridge' and name = 'shared'
),

shares as (
    select
        *, max(if(receiver_kind = 'company', cost, null)) over pool as pool_cost,
        cast(row_number() over (partition by billing_month, receiver_id, billing_currency order by cost desc, pool_id) as int) as position
    from sums
    window pool as (
        partition by billing_month, billing_currency, pool_id rows between unbounded preceding and unbounded following
    )
)

select
    {{ receiver("shares.") }},
    shares.position,
    {{ line_id("'k'", "shares.") }} as line_id,
    shares.pool_id,
    coalesce(pools.name, shares.pool_id) as pool_name,
    working.driver,
    cast(working.units as decimal(38, 9)) as units,
    cast(company.units as decimal(38, 9)) as all_units,
    cast(shares.cost as decimal(38, 21)) as effective_cost,
    cast(round(shares.pool_cost, 2) as decimal(38, 2)) as pool_shown,
    -- the pools sum to the printed line of shared cost on the bridge
    {{ cents_to(
        "coalesce(bridge.cost_shown, 0)", "shares.cost", "shares.billing_month, shares.receiver_id, shares.billing_currency", "shares.position"
    ) }} as share_shown,
    cast(round(shares.other_cost, 2) as decimal(38, 2)) as tax_and_credit_shown
from shares
left join bridge
    on shares.billing_month = bridge.billing_month
    and shares.receiver_id = bridge.receiver_id and shares.billing_currency = bridge.billing_currency
left join working
    on shares.billing_month = working.billing_month
    and shares.receiver_id = working.receiver_id and shares.billing_currency = working.billing_currency
    and shares.pool_id = working.pool_id
left join working as company
    on shares.billing_month = company.billing_month
    and shares.billing_currency = company.billing_currency and shares.pool_id = company.pool_id
    and company.receiver_kind = 'company'
left join {{ source('conf.pools') }} as pools on shares.pool_id = pools.pool_id
