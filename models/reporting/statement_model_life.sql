{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'l'") }} as line_id,
    members,
    model_id,
    first_month,
    training_shown,
    inference_shown,
    training_to_date_shown,
    inference_to_date_shown,
    other_to_date_shown,
    cost_to_date_shown,
    cost_to_date,
    overtaken_month,
    status
from {{ ref('economics.receiver_life') }}
