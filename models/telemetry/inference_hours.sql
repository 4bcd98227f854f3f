{% import "macros/serving.sql" %}with gateway as (
    select * from {{ ref('telemetry.gateway_hours') }}
),

engine as (
    select * from {{ ref('telemetry.engine_hours') }}
),

logged as (
    select
        gateway.*,
        engine.hour_start is not null as is_measured,
        engine.model_version,
        engine.prefill_s,
        engine.decode_s,
        engine.queue_s,
        engine.latency_s as engine_latency_s
    from gateway
    left join engine
        on
            gateway.usage_date = engine.usage_date
            and gateway.hour_start = engine.hour_start
            and gateway.endpoint_id = engine.endpoint_id
            and gateway.model_id <=> engine.model_id
),

-- a prompt that a cache had needs no prefill
weighted as (
    select
        *,
        {{ weight_or_requests("greatest(input_tokens - coalesce(cached_input_tokens, 0), 0)") }} as prefill_weight,
        {{ weight_or_requests("output_tokens") }} as decode_weight,
        cast(requests + coalesce(failed_requests, 0) as decimal(28, 9)) as request_weight
    from logged
),

by_engine_alone as (
    select engine.*
    from engine
    left anti join gateway
        on
            gateway.usage_date = engine.usage_date
            and gateway.hour_start = engine.hour_start
            and gateway.endpoint_id = engine.endpoint_id
            and gateway.model_id <=> engine.model_id
)

select
    usage_date,
    hour_start,
    endpoint_id,
    model_id,
    model_version,
    tenant_id,
    requests,
    failed_requests,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    batch_input_tokens,
    batch_output_tokens,
    {{ tenant_share("prefill_s", "prefill_weight") }} as prefill_s,
    {{ tenant_share("decode_s", "decode_weight") }} as decode_s,
    {{ tenant_share("queue_s", "request_weight") }} as queue_s,
    coalesce({{ tenant_share("engine_latency_s", "request_weight") }}, latency_s) as latency_s,
    if(is_measured, 'both', 'gateway') as measured_by,
    gateway_cost_usd
from weighted
union all
select
    usage_date,
    hour_start,
    endpoint_id,
    model_id,
    model_version,
    cast(null as string) as tenant_id,
    requests,
    failed_requests,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    cast(null as decimal(38, 9)) as batch_input_tokens,
    cast(null as decimal(38, 9)) as batch_output_tokens,
    prefill_s,
    decode_s,
    queue_s,
    latency_s,
    'engine' as measured_by,
    cast(null as decimal(38, 21)) as gateway_cost_usd
from by_engine_alone
