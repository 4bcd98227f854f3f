with parties as (
    select *, less(cost, cost_before) as change from {{ ref('economics.event_parties') }}
),

idle as (
    select
        *,
        sum(if(is_idle, change, 0)) over item as idle_change,
        sum(if(is_idle, growth, 0)) over item as idle_growth,
        max(if(is_idle, struct(abs(cost) as size, resource_name, resource_id), null)) over item as named,
        min(if(is_idle, first_day, null)) over item as idle_first_day,
        max(if(is_idle, last_day, null)) over item as idle_last_day
    from parties
    window item as (partition by billing_month, billing_currency, event, item_id)
),

-- those who used less while more was idle, or more while less was idle
counterparts as (
    select
        *,
        sum(counter_growth) over (partition by billing_month, billing_currency, event, item_id) as all_growth,
        sum(counter_growth) over (
            partition by billing_month, billing_currency, event, item_id
            order by team_id, project_id, is_idle rows between unbounded preceding and current row
        ) as growth_so_far
    from (select *, if(is_idle, 0, greatest(if(idle_growth > 0, -growth, growth), 0)) as counter_growth from idle)
),

moved as (
    select *, in_proportion(idle_change, least(all_growth, abs(idle_growth)), abs(idle_growth)) as moved from counterparts
),

-- the parts of the counterparts sum to what moved, to the last digit
changed as (
    select
        * except (change),
        if(is_idle, change, coalesce(less(
            in_proportion(moved, less(growth_so_far, counter_growth), all_growth), in_proportion(moved, growth_so_far, all_growth)
        ), 0)) as change
    from moved
),

with_others as (
    select
        *,
        collect_set(if(round(change, 2) <> 0, struct(is_idle, team_id), null)) over (
            partition by billing_month, billing_currency, event, item_id
        ) as moving
    from changed
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    event,
    item_id,
    is_idle,
    named.resource_name,
    named.resource_id,
    idle_first_day as first_day,
    idle_last_day as last_day,
    array_sort(array_distinct(filter(moving, each -> each.is_idle <> is_idle).team_id)) as other_ids,
    cast(if(is_idle, cost, least(change, 0)) as decimal(38,21)) as cost,
    cast(if(is_idle, cost_before, least(-change, 0)) as decimal(38,21)) as cost_before
from with_others
where if(is_idle, cost <> 0 or cost_before <> 0, change <> 0)
