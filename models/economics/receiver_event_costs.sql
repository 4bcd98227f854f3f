{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}with costs as (
    select
        *,
        max(if(kind = 'without_work', struct(effective_cost, team_id), null)) over item as payer,
        sum(if(kind = 'without_work', effective_cost, null)) over item as cost_without_work,
        min(if(kind = 'without_work', first_day, null)) over item as first_day_without_work,
        max(if(kind = 'without_work', last_day, null)) over item as last_day_without_work,
        sum(if(kind = 'usage', effective_cost, 0)) over item as usage_cost,
        sum(effective_cost) over user as own_cost,
        row_number() over (
            partition by billing_month, billing_currency, item_id, kind, team_id, project_id
            order by abs(effective_cost) desc, sku_name, provider, service, sku_id, pricing_unit, commitment_status, unit_price, item_name,
                resource_id
        ) as place
    from {{ ref('economics.event_costs') }}
    window
        item as (partition by billing_month, billing_currency, item_id),
        user as (partition by billing_month, billing_currency, item_id, kind, team_id, project_id)
),

-- what a user of a node would have paid for its days without work, if another team pays them
parts as (
    select
        costs.billing_month, costs.team_id, project_id, billing_currency, item_id, item_name, resource_id, sku_name,
        centres.cost_centre as other_centre,
        explode(filter(array(
            named_struct(
                'kind', kind, 'other_id', cast(null as string),
                'sku', struct(provider, service, sku_id, pricing_unit, commitment_status, unit_price),
                'first_day', first_day, 'last_day', last_day, 'quantity', pricing_quantity, 'cost', effective_cost
            ),
            named_struct(
                'kind', 'hand_over', 'other_id', payer.team_id, 'sku', null,
                'first_day', first_day_without_work, 'last_day', last_day_without_work, 'quantity', null,
                'cost', if(kind = 'usage' and place = 1 and payer.team_id <> costs.team_id,
                    -in_proportion(cost_without_work, own_cost, usage_cost), null)
            )
        ), each -> each.cost is not null)) as part
    from costs
    left join {{ ref('economics.team_cost_centres') }} as centres
        on centres.billing_month = costs.billing_month and centres.team_id = payer.team_id
),

received as (
    {{ received(
        "parts", "parts.billing_month", source('conf.teams'), source('ops.closed_teams'), source('conf.receivers'), "parts.project_id"
    ) }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    part.kind,
    item_id,
    part.other_id,
    max(item_name) as item_name,
    max(resource_id) as resource_id,
    max(struct(abs(part.cost), sku_name)).sku_name as sku_name,
    part.sku.provider,
    part.sku.service,
    part.sku.sku_id,
    part.sku.pricing_unit,
    part.sku.commitment_status,
    part.sku.unit_price,
    if(count(*) = count(part.first_day), min(part.first_day), null) as first_day,
    if(count(*) = count(part.last_day), max(part.last_day), null) as last_day,
    cast({{ known_sum("part.quantity") }} as decimal(38,21)) as pricing_quantity,
    cast(sum(part.cost) as decimal(38,21)) as effective_cost
from received
where
    part.other_id is null
    or receiver.kind in ('team', 'project')
    or (receiver.kind = 'cost_centre' and receiver.id is distinct from concat('centre.', other_centre))
group by billing_month, receiver, billing_currency, part.kind, item_id, part.other_id, part.sku
