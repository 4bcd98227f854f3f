{% import "macros/lines.sql" %}with shares as (
    select * from {{ ref('allocation.pool_shares') }}
),

days as (
    select
        allocation_date, cast(trunc(allocation_date, 'month') as date) as billing_month, team_id, billing_currency, pool_id,
        max(pool_name) as pool_name, max(driver) as driver, sum(units) as units, max(all_units) as all_units,
        max(pool_effective_cost) as pool_cost, sum(share_effective_cost) as share_cost
    from shares
    group by all
),

sums as (
    select
        billing_month, team_id, billing_currency, pool_id, max(pool_name) as pool_name, max(driver) as driver,
        sum(units) as units, sum(all_units) as all_units, sum(pool_cost) as pool_cost, sum(share_cost) as share_cost
    from days
    group by all
),

placed as (
    select
        *,
        cast(row_number() over (
            partition by billing_month, team_id, billing_currency order by share_cost desc, pool_id
        ) as int) as position
    from sums
)

select
    billing_month,
    team_id,
    billing_currency,
    position,
    {{ line_id("'k'") }} as line_id,
    pool_id,
    pool_name,
    driver,
    cast(units as decimal(38,9)) as units,
    cast(all_units as decimal(38,9)) as all_units,
    cast(round(pool_cost, 2) as decimal(38,2)) as pool_shown,
    cast(round(share_cost, 2) as decimal(38,2)) as share_shown
from placed
