{% import "macros/arithmetic.sql" %}with pools as (
    select * from {{ source('conf.pools') }}
),

receivers as (
    select pools.pool_id, teams.team_id
    from pools
    cross join {{ source('conf.teams') }} as teams
    left join {{ source('conf.pool_receivers') }} as named
        on pools.pool_id = named.pool_id and teams.team_id = named.team_id
    where
        named.team_id is not null
        or pools.pool_id not in (select pool_id from {{ source('conf.pool_receivers') }})
),

metered as (
    select
        usage_date, team_id,
        {{ hours("sum(accelerator_s)") }} as accelerator_hours,
        {{ hours("sum(cpu_core_s)") }} as cpu_hours,
        {{ hours("sum(memory_gib_s)") }} as memory_hours
    from {{ ref('allocation.workload_owners') }}
    group by all
),

spent as (
    select
        x_AllocationDate as usage_date, x_TeamId as team_id,
        sum(if(x_PoolId is null and x_CostKind = 'direct', EffectiveCost, 0)) as cost
    from {{ ref('allocation.charge_days') }}
    group by all
),

days as (
    select distinct usage_date as allocation_date from spent
),

driven as (
    select
        days.allocation_date, pools.pool_id, pools.driver, pools.fallback, receivers.team_id,
        cast(coalesce(case pools.driver
            when 'even' then 1
            when 'fixed' then shares.share
            when 'cost' then greatest(spent.cost, 0)
            when 'accelerator_hours' then metered.accelerator_hours
            when 'cpu_hours' then metered.cpu_hours
            when 'memory_hours' then metered.memory_hours
        end, 0) as decimal(38, 9)) as units
    from days
    cross join pools
    inner join receivers on pools.pool_id = receivers.pool_id
    left join metered on days.allocation_date = metered.usage_date and receivers.team_id = metered.team_id
    left join spent on days.allocation_date = spent.usage_date and receivers.team_id = spent.team_id
    left join {{ source('conf.pool_shares') }} as shares
        on pools.pool_id = shares.pool_id and receivers.team_id = shares.team_id
),

totals as (
    select *, sum(units) over (partition by allocation_date, pool_id) as all_units from driven
)

select
    allocation_date,
    pool_id,
    if(all_units > 0, driver, concat(driver, ' (nobody had units: even)')) as driver,
    team_id,
    if(all_units > 0, units, cast(1 as decimal(38, 9))) as units
from totals
where units > 0 or (all_units = 0 and fallback = 'even')
