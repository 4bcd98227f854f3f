{% import "macros/inference.sql" %}{% import "macros/lines.sql" %}select
    {{ receiver() }},
    history_month,
    cost_shown,
    usage_shown,
    {{ inference_columns() }}
from {{ ref('economics.receiver_inference_months') }}
