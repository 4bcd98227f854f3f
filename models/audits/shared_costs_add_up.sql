with pools as (
    select billing_month, receiver_id, billing_currency, sum(effective_cost) as cost, sum(share_shown) as shown
    from {{ ref('reporting.statement_pools') }}
    group by all
),

bridge as (
    select billing_month, receiver_id, billing_currency, effective_cost as cost, cost_shown as shown
    from {{ ref('reporting.statement_lines') }}
    where breakdown = 'bridge' and name = 'shared'
)

select
    coalesce(pools.billing_month, bridge.billing_month) as billing_month,
    coalesce(pools.receiver_id, bridge.receiver_id) as receiver_id,
    coalesce(pools.billing_currency, bridge.billing_currency) as billing_currency,
    pools.cost as pools_cost, bridge.cost as bridge_cost, pools.shown as pools_shown, bridge.shown as bridge_shown
from pools
full outer join bridge
    on pools.billing_month = bridge.billing_month
    and pools.receiver_id = bridge.receiver_id and pools.billing_currency = bridge.billing_currency
where
    coalesce(pools.cost, 0) <> coalesce(bridge.cost, 0)
    or coalesce(pools.shown, 0) <> coalesce(bridge.shown, 0)
