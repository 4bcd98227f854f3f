{% import "macros/cents.sql" %}{% import "macros/arithmetic.sql" %}{% import "macros/run_costs.sql" %}{% import "macros/lines.sql" %}with runs as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, run_id, count(distinct attempt) as attempts,
        sum(interruptions) as interruptions, sum(spot_cost) as paid, {{ known_sum("on_demand_cost") }} as on_demand_cost,
        {{ all_bases() }} as basis, {{ known_sum("spot_repeated") }} as spot_repeated
    from (
        select
            billing_month, receiver_kind, receiver_id, billing_currency, run_id, attempt, max(interruptions) as interruptions,
            {{ all_bases() }} as basis, sum(spot_cost) as spot_cost, {{ known_sum("on_demand_cost") }} as on_demand_cost,
            {{ known_sum("spot_repeated") }} as spot_repeated
        from {{ ref('economics.receiver_run_costs') }}
        where spot_cost is not null and part = 'run'
        group by all
    )
    group by all
),

ranked as (
    {{ ranked("runs", "paid desc, run_id") }}
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, {{ folded(10) }} as position,
        count(*) as members, {{ of_one("run_id") }} as run_id, {{ of_one("basis") }} as basis,
        sum(attempts) as attempts, sum(interruptions) as interruptions, sum(paid) as paid,
        {{ known_sum("on_demand_cost") }} as on_demand_cost, {{ known_sum("spot_repeated") }} as spot_repeated
    from ranked
    group by all
),

shown as (
    select
        *, round(paid, 2) as paid_shown, round(on_demand_cost, 2) as on_demand_shown, round(spot_repeated, 2) as repeated_shown
    from folded
)

select
    {{ receiver("shown.") }},
    cast(position as int) as position,
    {{ line_id("'o'", "shown.") }} as line_id,
    cast(members as int) as members,
    shown.run_id,
    names.run_name,
    cast(shown.attempts as int) as attempts,
    cast(interruptions as int) as interruptions,
    basis,
    cast(paid as decimal(38, 21)) as paid,
    cast(paid_shown as decimal(38, 2)) as paid_shown,
    cast(on_demand_shown as decimal(38, 2)) as on_demand_shown,
    cast(on_demand_shown - paid_shown as decimal(38, 2)) as saving_gross_shown,
    cast(repeated_shown as decimal(38, 2)) as repeated_shown,
    cast(on_demand_shown - paid_shown - repeated_shown as decimal(38, 2)) as saving_net_shown
from shown
left join {{ ref('economics.receiver_run_months') }} as names
    on shown.billing_month = names.billing_month and shown.receiver_id = names.receiver_id
    and shown.billing_currency = names.billing_currency and shown.run_id = names.run_id
