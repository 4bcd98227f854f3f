with logged as (
    select
        *,
        to_timestamp(started) as started_at,
        to_timestamp(ended) as ended_at,
        to_timestamp(first_token) as first_token_at,
        regexp_extract(api_base, '^[a-z]+://([^/:]+)', 1) as host,
        lower(coalesce(status, get_json_object(metadata, '$.status'))) as outcome,
        to_money(spend) as estimate,
        cast(prompt_tokens as decimal(38, 0)) as input_tokens,
        cast(completion_tokens as decimal(38, 0)) as output_tokens
    from {{ source('bronze.litellm_spend_logs') }}
)

select
    _source_id as source_id,
    _billing_period as delivered_for,
    request_id,
    started_at as requested_at,
    case
        when lower(cache_hit) = 'true' then 'cache'
        -- a service of Kubernetes
        when host <> '' and (host not like '%.%' or host rlike '[.]svc([.]|$)') then part_of(host, '.', 1)
        else coalesce(nullif(host, ''), nullif(api_base, ''), nullif(model_group, ''), model)
    end as endpoint_id,
    if(startswith(model, concat(provider, '/')), substring(model, length(provider) + 2), model) as model_id,
    coalesce(nullif(model_group, ''), model) as model_asked,
    coalesce(nullif(team_id, ''), nullif(organization_id, ''), nullif(end_user, ''), nullif(user_name, '')) as tenant_id,
    nullif(api_key, '') as key_id,
    case outcome when 'success' then 'succeeded' when 'failure' then 'failed' end as status,
    input_tokens,
    cast(to_money(coalesce(
        get_json_object(metadata, '$.usage_object.prompt_tokens_details.cached_tokens'),
        get_json_object(metadata, '$.usage_object.cache_read_input_tokens')
    )) as decimal(38, 0)) as cached_input_tokens,
    output_tokens,
    cast(if(ended_at >= started_at, unix_micros(ended_at) - unix_micros(started_at), null) * 0.000001bd as decimal(38, 9)) as latency_s,
    cast(
        if(first_token_at >= started_at, unix_micros(first_token_at) - unix_micros(started_at), null) * 0.000001bd
        as decimal(38, 9)
    ) as first_token_s,
    call_type like '%batch%' as is_batch,
    map_filter(
        map('call_type', call_type, 'provider', provider, 'user', user_name, 'end_user', end_user, 'spend', spend),
        (name, value) -> value <> ''
    ) as labels,
    case
        when outcome = 'failure' then coalesce(estimate, 0)
        -- LiteLLM writes 0 if it knows no price of the model
        when estimate = 0 and lower(cache_hit) is distinct from 'true' and (input_tokens > 0 or output_tokens > 0) then null
        else estimate
    end as gateway_cost_usd
from logged
