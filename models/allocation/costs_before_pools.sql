{% import "macros/node_key.sql" %}{% import "macros/apportioned.sql" %}with charges as (
    select *, if(x_CostKind = 'direct', EffectiveCost, 0) as cost, {{ node_period() }} from {{ ref('allocation.charge_days') }}
),

split as (
    select
        x_AllocationDate as allocation_date, BillingCurrency as billing_currency,
        if(shares is null, x_PoolId, null) as pool_id,
        if(shares is null, array(x_TeamId), shares.team_id) as team_id,
        {{ apportioned("cost", "shares is null", "shares.weight") }} as cost
    from charges
    left join {{ ref('allocation.node_shares') }} as nodes on {{ of_node("charges", "nodes") }}
),

team_costs as (
    select allocation_date, billing_currency, pool_id, explode(arrays_zip(team_id, cost)) as team_cost from split
)

select
    allocation_date,
    billing_currency,
    pool_id,
    team_cost.team_id as team_id,
    sum(team_cost.cost) as effective_cost
from team_costs
group by all
