{% import "macros/inference.sql" %}{% import "macros/cents.sql" %}with parts as (
    select * from {{ ref('economics.receiver_inference') }}
),

ranks as (
    {{ ranks_by_cost("tenant_id") }}
),

placed as (
    select parts.*, {{ folded(10) }} as position
    from parts
    inner join ranks
        on parts.billing_month = ranks.billing_month and parts.receiver_id = ranks.receiver_id
        and parts.billing_currency <=> ranks.billing_currency and parts.tenant_id <=> ranks.tenant_id
),

sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, position,
        cast(count(distinct coalesce(tenant_id, '')) as int) as members,
        {{ only_value("tenant_id") }} as tenant_id,
        {{ inference_sums() }}
    from placed
    group by all
)

select
    billing_month,
    receiver_kind,
    receiver_id,
    billing_currency,
    position,
    if(members = 1, tenant_id, null) as tenant_id,
    members,
    cast(cost as decimal(38,21)) as effective_cost,
    {{ cents_of() }} as cost_shown,
    {{ cents_of("usage_cost") }} as usage_shown,
    {{ share_of_total() }} as share_ratio,
    {{ inference_figures() }}
from sums
