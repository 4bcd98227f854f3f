{% import "macros/arithmetic.sql" %}
{# The units of each team if the driver is cost: what the team is charged so far, before this pool is split, but not less than zero. #}
{% macro charged_so_far() %}zip_with(so_far.charged, pool.receives, (cost, receives) -> cast(if(receives, greatest(cost, 0), 0) as decimal(38, 9))){% endmacro %}
{% macro is_by_cost() %}(pool.driver = 'cost' and exists({{ charged_so_far() }}, units -> units > 0)){% endmacro %}
{% macro units() %}if({{ is_by_cost() }}, {{ charged_so_far() }}, pool.units){% endmacro %}
{# The cost of the charges of a pool that a team owns; with an empty pool id, of the charges outside of pools that it owns. #}
{% macro cost(pool) %}cast(coalesce(try_element_at(costs, struct({{ pool }} as pool_id, pools.team_id)), 0) as decimal(38, 21)){% endmacro %}
-- one row per day and currency, so that charges are read once
with days as (
    select
        allocation_date, billing_currency,
        map_from_entries(array_sort(collect_list(struct(struct(coalesce(pool_id, '') as pool_id, team_id), effective_cost)))) as costs
    from {{ ref('allocation.costs_before_pools') }}
    group by all
),

metered as (
    select
        usage_date, team_id,
        {{ hours("sum(accelerator_s)") }} as accelerator_hours, {{ hours("sum(cpu_core_s)") }} as cpu_hours,
        {{ hours("sum(memory_gib_s)") }} as memory_hours
    from {{ ref('allocation.workload_owners') }}
    group by all
),

pools as (
    select
        pools.tier, pools.pool_id, pools.driver, pools.fallback, teams.team_id, shares.share,
        named.team_id is not null
            or pools.pool_id not in (select pool_id from {{ source('conf.pool_teams') }}) as receives
    from {{ source('conf.pools') }} as pools
    cross join {{ source('conf.teams') }} as teams
    left join {{ source('conf.pool_teams') }} as named
        on pools.pool_id = named.pool_id and teams.team_id = named.team_id
    left join {{ source('conf.pool_shares') }} as shares
        on pools.pool_id = shares.pool_id and teams.team_id = shares.team_id
),

-- if the driver is cost, the units are computed below, after earlier pools are split
driven as (
    select
        days.allocation_date, days.billing_currency, pools.*,
        cast(if(receives, coalesce(case driver
            when 'even' then 1
            when 'fixed' then share
            when 'cost' then 0
            when 'accelerator_hours' then accelerator_hours
            when 'cpu_hours' then cpu_hours
            when 'memory_hours' then memory_hours
            else raise_error(concat('allocation.pool_units does not know the units of driver ', driver))
        end, 0), 0) as decimal(38, 9)) as units,
        {{ cost("pools.pool_id") }} as pool_cost,
        {{ cost("''") }} as charged
    from days
    cross join pools
    left join metered on days.allocation_date = metered.usage_date and pools.team_id = metered.team_id
),

totals as (
    select *, sum(units) over (partition by allocation_date, billing_currency, pool_id) as all_units from driven
),

pools_of_day as (
    select
        allocation_date, billing_currency, tier, pool_id, driver, sum(pool_cost) as cost, max(all_units) > 0 as is_metered,
        array_sort(collect_list(struct(
            team_id, receives, pool_cost, charged,
            if(all_units = 0 and receives and fallback = 'even', cast(1 as decimal(38, 9)), units) as units
        ))) as teams
    from totals
    group by all
),

-- the pools of a day in the order in which they are split; their arrays have an entry for each team, in one order
sequences as (
    select
        allocation_date, billing_currency,
        array_sort(collect_list(struct(
            tier, pool_id, driver, cost, is_metered, teams.team_id as team_ids, teams.receives as receives, teams.units as units,
            teams.pool_cost as pool_costs, teams.charged as charged
        ))) as pools
    from pools_of_day
    group by all
),

-- splits the pools one after another, so that a team's part of one pool counts as its cost when the next pool is split; if
-- no team has units, the owners of the charges pay
split as (
    select
        allocation_date, billing_currency, pools,
        aggregate(
            pools,
            struct(pools[0].charged as charged, cast(array() as array<struct<is_driven:boolean,units:array<decimal(38,9)>>>) as units),
            (so_far, pool) -> struct(
                zip_with(
                    so_far.charged, coalesce(apportion(pool.cost, {{ units() }}), pool.pool_costs), (cost, share) -> plus(cost, share)
                ) as charged,
                array_append(so_far.units, struct(pool.is_metered or {{ is_by_cost() }} as is_driven, {{ units() }} as units)) as units
            )
        ).units as units
    from sequences
),

units_of_pools as (
    select allocation_date, billing_currency, explode(arrays_zip(pools, units)) as pool from split
),

units_of_teams as (
    select *, explode(arrays_zip(pool.pools.team_ids, pool.units.units)) as team from units_of_pools
)

select
    allocation_date,
    billing_currency,
    pool.pools.pool_id as pool_id,
    if(pool.units.is_driven, pool.pools.driver, concat(pool.pools.driver, ' (nobody had units: even)')) as driver,
    team.team_ids as team_id,
    team.units as units
from units_of_teams
where team.units > 0
