{% import "macros/arithmetic.sql" %}with models as (
    select alias, value as model_id from {{ source('conf.tag_values') }} where canonical_key = 'model'
),

logged as (
    select
        requests.* except (model_id),
        coalesce(models.model_id, requests.model_id) as model_id,
        date_trunc('hour', requested_at) as hour_start
    from {{ ref('telemetry.requests') }} as requests
    left join models on requests.model_id = models.alias
)

select
    cast(hour_start as date) as usage_date,
    hour_start,
    endpoint_id,
    model_id,
    tenant_id,
    cast(count_if(coalesce(status <> 'failed', true)) as decimal(38, 9)) as requests,
    cast(if(count(status) = 0, null, count_if(status = 'failed')) as decimal(38, 9)) as failed_requests,
    cast(sum(input_tokens) as decimal(38, 9)) as input_tokens,
    cast(sum(cached_input_tokens) as decimal(38, 9)) as cached_input_tokens,
    cast(sum(output_tokens) as decimal(38, 9)) as output_tokens,
    cast(if(count(is_batch) = 0, null, coalesce(sum(if(is_batch, input_tokens, null)), 0)) as decimal(38, 9)) as batch_input_tokens,
    cast(if(count(is_batch) = 0, null, coalesce(sum(if(is_batch, output_tokens, null)), 0)) as decimal(38, 9)) as batch_output_tokens,
    cast({{ known_sum("latency_s") }} as decimal(38, 9)) as latency_s,
    cast({{ known_sum("gateway_cost_usd") }} as decimal(38, 21)) as gateway_cost_usd
from logged
group by all
