with received as (
    select
        x_AllocationDate as allocation_date, x_BillingMonth as billing_month, x_PoolId as pool_id, x_TeamId as team_id,
        BillingCurrency as billing_currency,
        sum(EffectiveCost) as share_effective_cost, sum(BilledCost) as share_billed_cost
    from {{ ref('allocation.allocated_charges') }}
    where x_CostKind = 'shared'
    group by all
),

units as (
    select
        *, sum(units) over (partition by allocation_date, billing_currency, pool_id) as all_units
    from {{ ref('allocation.pool_units') }}
)

select
    received.allocation_date,
    received.billing_month,
    received.pool_id,
    pools.name as pool_name,
    units.driver,
    received.team_id,
    cast(null as string) as project_id,
    received.billing_currency,
    units.units,
    cast(units.all_units as decimal(38, 9)) as all_units,
    cast(sum(share_effective_cost) over pool as decimal(38, 21)) as pool_effective_cost,
    cast(share_effective_cost as decimal(38, 21)) as share_effective_cost,
    cast(sum(share_billed_cost) over pool as decimal(38, 21)) as pool_billed_cost,
    cast(share_billed_cost as decimal(38, 21)) as share_billed_cost
from received
inner join units
    on received.allocation_date = units.allocation_date
    and received.billing_currency = units.billing_currency
    and received.pool_id = units.pool_id
    and received.team_id = units.team_id
inner join {{ source('conf.pools') }} as pools on received.pool_id = pools.pool_id
window pool as (
    partition by received.allocation_date, received.billing_month, received.pool_id, received.billing_currency
    rows between unbounded preceding and unbounded following
)
