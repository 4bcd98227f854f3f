{% import "macros/node_key.sql" %}{% import "macros/settled.sql" %}with charges as (
    select *, {{ node_period() }} from {{ ref('allocation.charge_days') }}
),

-- charges of one node and period are split together: parts that differ in the last digits only, at a fraction of the work
sums as (
    select
        x_AllocationDate as allocation_date, BillingCurrency as billing_currency, x_TeamId as team_id, x_PoolId as pool_id,
        node_key, of_hour, period_start, sum(if(x_CostKind = 'direct', EffectiveCost, 0)) as cost
    from charges
    group by all
),

split as (
    select
        allocation_date, billing_currency,
        if(receivers is null, pool_id, null) as pool_id,
        if(receivers is null, array(team_id), receivers.team_id) as team_id,
        {{ settled("cost", "receivers is null", "receivers.weight") }} as cost
    from sums
    left join {{ ref('allocation.node_shares') }} as nodes on {{ of_node("sums", "nodes") }}
),

parts as (
    select allocation_date, billing_currency, pool_id, explode(arrays_zip(team_id, cost)) as part from split
)

select
    allocation_date,
    billing_currency,
    pool_id,
    part.team_id as team_id,
    sum(part.cost) as effective_cost
from parts
group by allocation_date, billing_currency, pool_id, part.team_id
