{% import "macros/arithmetic.sql" %}{% import "macros/receivers.sql" %}with payers as (
    select
        billing_month, billing_currency, item_id, team_id as payer_id, min(first_day) as first_day, max(last_day) as last_day,
        sum(effective_cost) as cost
    from {{ ref('economics.event_costs') }}
    where kind = 'without_work'
    group by all
),

users as (
    select
        billing_month, billing_currency, item_id, team_id, project_id,
        max(item_name) as item_name, max(resource_id) as resource_id, max(struct(abs(effective_cost), sku_name)).sku_name as sku_name,
        sum(effective_cost) as cost
    from {{ ref('economics.event_costs') }}
    where kind = 'usage'
    group by all
),

-- what each user of a node would have paid of each payer's days without work; the last user has the digits of rounding
shared as (
    select
        users.*, payers.payer_id, first_day, last_day, payers.cost as paid,
        sum(users.cost) over (partition by users.billing_month, users.billing_currency, users.item_id, payer_id) as used,
        sum(users.cost) over (
            partition by users.billing_month, users.billing_currency, users.item_id, payer_id
            order by team_id, project_id rows between unbounded preceding and current row
        ) as upto
    from users
    inner join payers
        on payers.billing_month = users.billing_month and payers.billing_currency = users.billing_currency
        and payers.item_id = users.item_id
),

handed as (
    select
        shared.*, centres.cost_centre as other_centre,
        -less(in_proportion(paid, upto, used), in_proportion(paid, less(upto, cost), used)) as part
    from shared
    left join {{ ref('economics.team_cost_centres') }} as centres
        on centres.billing_month = shared.billing_month and centres.team_id = payer_id
    where payer_id <> shared.team_id and used <> 0
),

parts as (
    select
        billing_month, team_id, project_id, billing_currency, kind, item_id, cast(null as string) as other_id,
        cast(null as string) as other_centre, item_name, resource_id, sku_name, provider, service, sku_id, pricing_unit,
        commitment_status, unit_price, first_day, last_day, pricing_quantity, effective_cost
    from {{ ref('economics.event_costs') }}
    union all
    select
        billing_month, team_id, project_id, billing_currency, 'hand_over', item_id, payer_id, other_centre, item_name, resource_id,
        sku_name, null, null, null, null, null, null, first_day, last_day, null, part
    from handed
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
    kind,
    item_id,
    other_id,
    max(item_name) as item_name,
    max(resource_id) as resource_id,
    max(struct(abs(effective_cost), sku_name)).sku_name as sku_name,
    provider,
    service,
    sku_id,
    pricing_unit,
    commitment_status,
    unit_price,
    if(count(*) = count(first_day), min(first_day), null) as first_day,
    if(count(*) = count(last_day), max(last_day), null) as last_day,
    cast({{ known_sum("pricing_quantity") }} as decimal(38,21)) as pricing_quantity,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost
from received
where
    other_id is null
    or receiver.kind in ('team', 'project')
    or (receiver.kind = 'cost_centre' and receiver.id is distinct from concat('centre.', other_centre))
group by
    billing_month, receiver, billing_currency, kind, item_id, other_id, provider, service, sku_id, pricing_unit, commitment_status,
    unit_price
