{% import "macros/arithmetic.sql" %}with hours as (
    select *, to_date(date_trunc('month', usage_date)) as usage_month, prefill_s > 0 and decode_s > 0 as is_timed
    from {{ ref('telemetry.inference_hours') }}
)

select
    usage_month,
    endpoint_id,
    model_id,
    tenant_id,
    count(*) as hours,
    count_if(input_tokens is not null or output_tokens is not null) as counted_hours,
    cast(sum(requests) as decimal(38, 9)) as requests,
    cast(sum(failed_requests) as decimal(38, 9)) as failed_requests,
    cast(sum(input_tokens) as decimal(38, 9)) as input_tokens,
    cast(sum(cached_input_tokens) as decimal(38, 9)) as cached_input_tokens,
    cast(sum(if(input_tokens is null, null, greatest(input_tokens - coalesce(cached_input_tokens, 0), 0))) as decimal(38, 9)) as uncached_input_tokens,
    cast(sum(output_tokens) as decimal(38, 9)) as output_tokens,
    cast(sum(batch_input_tokens) as decimal(38, 9)) as batch_input_tokens,
    cast(sum(batch_output_tokens) as decimal(38, 9)) as batch_output_tokens,
    cast(sum(if(is_timed, prefill_s, null)) as decimal(38, 9)) as prefill_s,
    cast(sum(if(is_timed, decode_s, null)) as decimal(38, 9)) as decode_s,
    cast(sum(latency_s) as decimal(38, 9)) as latency_s,
    cast({{ known_sum("gateway_cost_usd") }} as decimal(38, 21)) as estimated_cost_usd
from hours
group by all
