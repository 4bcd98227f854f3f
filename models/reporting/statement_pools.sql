{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'k'") }} as line_id,
    pool_id,
    pool_name,
    driver,
    units,
    all_units,
    effective_cost,
    pool_shown,
    share_shown,
    tax_and_credit_shown
from {{ ref('economics.receiver_pools') }}
