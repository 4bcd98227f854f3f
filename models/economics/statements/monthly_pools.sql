select
    billing_month,
    pool_id,
    team_id,
    billing_currency,
    max(driver) as driver,
    cast(sum(units) as decimal(38, 9)) as units,
    cast(sum(share_effective_cost) as decimal(38, 21)) as effective_cost
from {{ ref('allocation.pool_shares') }}
group by all
