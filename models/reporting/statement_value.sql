{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'v'") }} as line_id,
    model_id,
    benefit_kind,
    benefit_quantity,
    benefit_currency,
    benefit_shown,
    value_assumption,
    cost_shown,
    roi,
    status
from {{ ref('economics.receiver_value') }}
