{% import "macros/inference.sql" %}{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with inference as (
    select * from {{ ref('economics.receiver_inference') }}
),

{{ placed_inference("endpoint_id", "30") }},

sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, position,
        cast(count(distinct coalesce(endpoint_id, '')) as int) as members,
        {{ only_value("endpoint_id") }} as endpoint_id,
        {{ only_value("model_id") }} as model_id,
        {{ only_value("status") }} as status,
        {{ only_value("split_by") }} as split_by,
        {{ only_value("api_model") }} as api_model,
        sum(cost_shown) as cost_shown,
        sum(usage_shown) as usage_shown,
        {{ only_value("api_model_by") }} as api_model_by,
        max(api_later_hours) as api_later_hours,
        {{ inference_sums() }}
    from placed
    group by all
),

figures as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, position, if(members = 1, endpoint_id, null) as endpoint_id,
        members, model_id, status, split_by,
        cast(cost as decimal(38,21)) as effective_cost,
        cast(cost_shown as decimal(38,2)) as cost_shown,
        cast(usage_shown as decimal(38,2)) as usage_shown,
        {{ share_of_total() }} as share_ratio,
        {{ inference_figures() }},
        api_model, api_model_by, api_later_hours,
        {{ api_figures() }}
    from sums
)

select
    {{ receiver("figures.") }},
    figures.position,
    {{ line_id("'i'", "figures.") }} as line_id,
    figures.endpoint_id,
    figures.members,
    figures.model_id,
    figures.status,
    figures.split_by,
    whole.output_weight,
    whole.output_weight_by,
    whole.cached_weight,
    whole.cached_weight_by,
    figures.effective_cost,
    figures.cost_shown,
    figures.usage_shown,
    figures.share_ratio,
    {{ inference_columns("figures.") }},
    whole.tokens_per_s,
    whole.capacity_tokens_per_s,
    whole.capacity_by,
    whole.accelerator_active_ratio,
    figures.api_model,
    figures.api_model_by,
    cast(figures.api_later_hours as int) as api_later_hours,
    figures.api_cost_per_million_tokens,
    figures.break_even_utilisation,
    figures.break_even_tokens,
    if(figures.status = 'no_cost', whole.estimated_cost_usd, null) as estimated_cost_usd,
    if(figures.status = 'no_cost', whole.estimated_usd_per_million_tokens, null) as estimated_usd_per_million_tokens
from figures
left join {{ ref('economics.endpoint_costs') }} as whole
    on figures.billing_month = whole.usage_month and figures.endpoint_id = whole.endpoint_id
    and (figures.billing_currency = whole.billing_currency or whole.status = 'no_cost')
