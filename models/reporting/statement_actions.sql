{% import "macros/arithmetic.sql" %}{% import "macros/lines.sql" %}with names as (
    select receiver_id as named_id, name as owner_name from {{ source('conf.receivers') }}
),

items as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, action, subject_id, owner_id, item_id, max(item_name) as item_name,
        max(compared_with) as compared_with, sum(quantity) as quantity, sum(whole_cost) as whole_cost, sum(saved) as saved
    from {{ ref('economics.receiver_action_parts') }}
    group by all
),

actions as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, action, subject_id, owner_id,
        count_if(saved > 0) as members, max(struct(saved, item_id, item_name)) as item, max(compared_with) as compared_with,
        sum(quantity) as quantity, sum(whole_cost) as whole_cost, sum(saved) as saved, action in ('price_of_commitment', 'dear_endpoint') as has_prices
    from items
    group by all
),

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by saved desc, action, owner_id, subject_id
        ) as position
    from actions
)

select
    {{ receiver("ranked.") }},
    cast(ranked.position as int) as position,
    {{ line_id("'do'", "ranked.") }} as line_id,
    ranked.action,
    ranked.subject_id,
    ranked.owner_id,
    owner_name,
    cast(ranked.members as int) as members,
    ranked.item.item_id as item_id,
    ranked.item.item_name as item_name,
    ranked.compared_with,
    cast(ranked.quantity as decimal(38,9)) as quantity,
    if(ranked.has_prices, {{ divided("ranked.whole_cost", "ranked.quantity") }}, null) as unit_cost,
    if(ranked.has_prices, {{ divided("less(ranked.whole_cost, ranked.saved)", "ranked.quantity") }}, null) as unit_cost_after,
    try_cast({{ divided("ranked.saved", "ranked.whole_cost", 9) }} as decimal(18,9)) as saved_ratio,
    cast(ranked.whole_cost as decimal(38,21)) as whole_cost,
    cast(ranked.saved as decimal(38,21)) as saved,
    cast(round(ranked.saved, 2) as decimal(38,2)) as saved_shown,
    cast(round(before.saved, 2) as decimal(38,2)) as previous_shown
from ranked
left join actions as before
    on before.billing_month = add_months(ranked.billing_month, -1)
    and before.receiver_id = ranked.receiver_id and before.billing_currency = ranked.billing_currency
    and before.action = ranked.action and before.owner_id = ranked.owner_id and before.subject_id = ranked.subject_id
left join names on named_id = ranked.owner_id
where ranked.position <= 20 and round(ranked.saved, 2) > 0
