{% import "macros/inference.sql" %}{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'i'") }} as line_id,
    endpoint_id,
    members,
    model_id,
    status,
    split_by,
    effective_cost,
    cost_shown,
    usage_shown,
    share_ratio,
    {{ inference_columns() }},
    api_model,
    api_cost_per_million_tokens,
    break_even_utilisation,
    break_even_tokens
from {{ ref('economics.receiver_endpoints') }}
