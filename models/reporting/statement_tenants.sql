{% import "macros/inference.sql" %}{% import "macros/lines.sql" %}select
    {{ receiver() }},
    position,
    {{ line_id("'u'") }} as line_id,
    tenant_id,
    members,
    effective_cost,
    cost_shown,
    usage_shown,
    share_ratio,
    {{ inference_columns() }}
from {{ ref('economics.receiver_tenants') }}
