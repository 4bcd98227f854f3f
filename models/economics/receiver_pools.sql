{% import "macros/receivers.sql" %}with shares as (
    select * from {{ ref('allocation.pool_shares') }}
),

received as (
    {{ received("shares", source('conf.teams')) }}
),

days as (
    select
        allocation_date, cast(trunc(allocation_date, 'month') as date) as billing_month, receiver, billing_currency,
        pool_id, max(pool_name) as pool_name, max(driver) as driver, sum(units) as units, max(all_units) as all_units,
        max(pool_effective_cost) as pool_cost, sum(share_effective_cost) as share_cost
    from received
    group by all
),

sums as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, pool_id,
        max(pool_name) as pool_name, max(driver) as driver, sum(units) as units, sum(all_units) as all_units,
        sum(pool_cost) as pool_cost, sum(share_cost) as share_cost
    from days
    group by all
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    cast(row_number() over (
        partition by billing_month, receiver_id, billing_currency order by share_cost desc, pool_id
    ) as int) as position,
    pool_id,
    pool_name,
    driver,
    cast(units as decimal(38,9)) as units,
    cast(all_units as decimal(38,9)) as all_units,
    cast(round(pool_cost, 2) as decimal(38,2)) as pool_shown,
    cast(round(share_cost, 2) as decimal(38,2)) as share_shown
from sums
