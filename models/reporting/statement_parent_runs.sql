{% import "macros/lines.sql" %}with families as (
    select * from {{ ref('economics.run_families') }}
),

runs as (
    select * from {{ ref('economics.receiver_run_months') }}
),

-- sums of the printed figures of the runs, so that print adds up
costs as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, parent_run_id, count(if(level > 0, 1, null)) as children,
        sum(cost) as effective_cost, sum(if(level = 0, rounded_cost, null)) as own_cost_shown,
        sum(if(level > 0, rounded_cost, null)) as children_cost_shown, sum(rounded_cost) as cost_shown,
        sum(rounded_waste) as waste_shown
    from runs
    inner join families on runs.run_id = families.run_id
    group by all
),

ranked as (
    select
        *,
        row_number() over (
            partition by billing_month, receiver_id, billing_currency order by effective_cost desc, parent_run_id
        ) as position
    from costs
    where children > 0
)

select
    {{ receiver("ranked.") }},
    cast(position as int) as position,
    {{ line_id("'pr'", "ranked.") }} as line_id,
    ranked.parent_run_id as run_id,
    facts.run_name,
    facts.experiment_id,
    cast(ranked.children as int) as children,
    cast(effective_cost as decimal(38, 21)) as effective_cost,
    cast(own_cost_shown as decimal(38, 2)) as own_cost_shown,
    cast(children_cost_shown as decimal(38, 2)) as children_cost_shown,
    cast(cost_shown as decimal(38, 2)) as cost_shown,
    cast(waste_shown as decimal(38, 2)) as waste_shown
from ranked
left join {{ ref('economics.parent_runs') }} as facts
    on ranked.parent_run_id = facts.run_id and ranked.billing_currency = facts.billing_currency
where position <= 10
