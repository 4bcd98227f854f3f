with logged as (
    select *, lower(status) as outcome
    from {{ source('bronze.gateway_log') }}
)

select
    _source_id as source_id,
    _billing_period as delivered_for,
    -- without an id, each line is a request
    coalesce(request_id, concat_ws('/', _billing_period, _file_no, _row)) as request_id,
    to_timestamp(requested_at) as requested_at,
    coalesce(endpoint_id, model_id, _source_id) as endpoint_id,
    model_id,
    model_asked,
    tenant_id,
    key_id,
    case
        when outcome rlike '^[123][0-9][0-9]$' or outcome in ('success', 'succeeded', 'ok', 'completed', 'true') then 'succeeded'
        -- Envoy writes 0 if the client went away before an answer
        when outcome rlike '^(0|[45][0-9][0-9])$' or outcome in ('failure', 'failed', 'error', 'cancelled', 'false') then 'failed'
    end as status,
    cast(input_tokens as decimal(38, 0)) as input_tokens,
    cast(cached_input_tokens as decimal(38, 0)) as cached_input_tokens,
    cast(output_tokens as decimal(38, 0)) as output_tokens,
    cast(coalesce(to_money(latency_s), to_money(latency_ms) * 0.001bd) as decimal(38, 9)) as latency_s,
    cast(coalesce(to_money(first_token_s), to_money(first_token_ms) * 0.001bd) as decimal(38, 9)) as first_token_s,
    lower(is_batch) in ('true', '1', 'yes', 'batch') as is_batch,
    coalesce(labels, cast(map() as map<string, string>)) as labels,
    to_money(gateway_cost_usd) as gateway_cost_usd
from logged
