{% import "macros/inference.sql" %}{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with inference as (
    select * from {{ ref('economics.receiver_inference') }}
),

{{ placed_inference("tenant_id", "10") }},

sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, position,
        cast(count(distinct coalesce(tenant_id, '')) as int) as members,
        {{ only_value("tenant_id") }} as tenant_id,
        sum(cost_shown) as cost_shown,
        sum(usage_shown) as usage_shown,
        {{ inference_sums() }}
    from placed
    group by all
)

select
    {{ receiver() }},
    position,
    {{ line_id("'u'") }} as line_id,
    if(members = 1, tenant_id, null) as tenant_id,
    members,
    cast(cost as decimal(38,21)) as effective_cost,
    cast(cost_shown as decimal(38,2)) as cost_shown,
    cast(usage_shown as decimal(38,2)) as usage_shown,
    {{ share_of_total() }} as share_ratio,
    {{ inference_figures() }}
from sums
