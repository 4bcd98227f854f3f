{% import "macros/events.sql" %}with sides as (
    {{ sides(ref('economics.event_costs')) }}
),

roles as (
    select
        * except (item_id),
        explode(filter(array(
            if(kind in ('usage', 'without_work'), named_struct(
                'event', 'without_work', 'item_id', item_id, 'is_idle', kind = 'without_work'), null),
            if(kind = 'unused_commitment' or commitment_id is not null, named_struct(
                'event', 'unused_commitment', 'item_id', coalesce(commitment_id, item_id), 'is_idle', kind = 'unused_commitment'), null)
        ), each -> each is not null)) as role
    from sides
),

parties as (
    select
        billing_month, team_id, project_id, billing_currency, role.event, role.item_id, role.is_idle,
        max(struct(abs(effective_cost) as size, concat_ws(' ', sku_name, item_name) as name, resource_id)) as main,
        min(if(is_latest, first_day, null)) as first_day,
        max(if(is_latest, last_day, null)) as last_day,
        min(pricing_unit) as first_unit,
        max(pricing_unit) as last_unit,
        count_if(pricing_quantity is null) as uncounted,
        coalesce(sum(if(is_latest, pricing_quantity, null)), 0) as quantity,
        coalesce(sum(if(is_latest, null, pricing_quantity)), 0) as quantity_before,
        coalesce(sum(cost), 0) as cost,
        coalesce(sum(cost_before), 0) as cost_before
    from roles
    group by all
),

by_day as (
    select
        parties.* except (cost_before, quantity_before),
        {{ by_billed_days('cost_before', 'parties.billing_month') }} as cost_before,
        {{ by_billed_days('quantity_before', 'parties.billing_month') }} as quantity_before,
        sum(uncounted) over item = 0 and min(first_unit) over item = max(last_unit) over item as is_counted
    from parties
    left join {{ ref('economics.billed_days') }} as billed_days on billed_days.billing_month = parties.billing_month
    window item as (partition by parties.billing_month, billing_currency, event, item_id)
)

select
    billing_month,
    team_id,
    project_id,
    billing_currency,
    event,
    item_id,
    is_idle,
    nullif(main.name, '') as resource_name,
    main.resource_id,
    first_day,
    last_day,
    cast(cost as decimal(38,21)) as cost,
    cast(cost_before as decimal(38,21)) as cost_before,
    cast(if(is_counted, less(quantity, quantity_before), less(cost, cost_before)) as decimal(38,21)) as growth
from by_day
