{% import "macros/lines.sql" %}select
    {{ receiver() }},
    history_month,
    cost_shown,
    usage_shown,
    requests,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    cost_per_million_tokens,
    usage_cost_per_million_tokens,
    cost_per_million_input_tokens,
    cost_per_million_cached_tokens,
    cost_per_million_output_tokens,
    utilisation,
    cached_ratio,
    seconds_per_request
from {{ ref('economics.receiver_inference_months') }}
