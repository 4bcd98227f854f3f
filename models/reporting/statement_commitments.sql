{% import "macros/lines.sql" %}with commitments as (
    select * from {{ ref('economics.receiver_commitments') }}
),

before as (
    select
        add_months(billing_month, 1) as next_month, receiver_id as before_receiver, billing_currency as before_currency,
        commitment_id as before_id, unused_shown as unused_before_shown
    from commitments
    where breakdown = 'commitment' and members = 1
)

select
    {{ receiver() }},
    breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    members,
    commitment_id,
    commitment_name,
    user_id,
    provider,
    service,
    plus(used_cost, coalesce(unused_cost, not_covered_cost)) as effective_cost,
    used_cost,
    unused_cost,
    billed_shown,
    used_shown,
    unused_shown,
    cast(used_shown + coalesce(unused_shown, not_covered_shown) as decimal(38,2)) as cost_shown,
    list_shown,
    contracted_shown,
    not_covered_list_shown,
    saved_shown,
    utilisation_ratio,
    coverage_ratio,
    esr_list,
    esr_contracted,
    unused_before_shown
from commitments
left join before
    on breakdown = 'commitment' and next_month = billing_month and before_receiver = receiver_id
    and before_currency = billing_currency and before_id = commitment_id
