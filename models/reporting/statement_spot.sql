{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'o'") }} as line_id,
    members,
    run_id,
    run_name,
    attempts,
    interruptions,
    basis,
    paid,
    paid_shown,
    on_demand_shown,
    saving_gross_shown,
    repeated_shown,
    saving_net_shown
from {{ ref('economics.receiver_spot') }}
