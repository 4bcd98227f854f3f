{% import "macros/tokens.sql" %}with joined as (
    select payers.*, payers.billing_month as usage_month, traffic.users, size(traffic.users) as n
    from {{ ref('economics.endpoint_payers') }} as payers
    left join {{ ref('economics.token_weights') }} as traffic
        on payers.billing_month = traffic.usage_month and payers.endpoint_id = traffic.endpoint_id and payers.split_by is not null
),

apportioned as (
    select *, {{ over_users("cost") }} as parts, {{ over_users("usage_cost") }} as usage_parts from joined
),

places as (
    select *, explode(sequence(0, if(users is null, 0, n - 1))) as i from apportioned
),

parts as (
    select
        usage_month, receiver_kind, receiver_id, billing_currency, cost_currency, endpoint_id, status, split_by, cost as own_cost, whole_cost,
        if(users is null, model_id, users[i].model_id) as model_id, users[i].tenant_id as tenant_id,
        if(users is null, requests, users[i].requests) as requests,
        if(users is null, input_tokens, users[i].input_tokens) as input_tokens,
        users[i].uncached_input_tokens as uncached_input_tokens,
        if(users is null, cached_input_tokens, users[i].cached_input_tokens) as cached_input_tokens,
        if(users is null, output_tokens, users[i].output_tokens) as output_tokens,
        case
            when users is null then if(input_tokens is null, output_tokens, plus(input_tokens, coalesce(output_tokens, 0)))
            when users[i].input_tokens is null then users[i].output_tokens
            else plus(users[i].input_tokens, coalesce(users[i].output_tokens, 0))
        end as tokens_of_user,
        {{ part_of_user("parts") }} as cost,
        {{ part_of_user("usage_parts") }} as usage_cost,
        {{ part_of_tokens("parts", 0) }} as input_cost,
        {{ part_of_tokens("parts", 1) }} as cached_input_cost,
        {{ part_of_tokens("parts", 2) }} as output_cost
    from places
),

waits as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, endpoint_id, model_id, tenant_id, sum(latency_s) as latency_s,
        sum(if(latency_s is null, null, requests)) as timed_requests
    from {{ ref('telemetry.inference_hours') }}
    group by all
)

select
    parts.usage_month as billing_month,
    receiver_kind,
    receiver_id,
    parts.billing_currency,
    parts.endpoint_id,
    parts.model_id,
    parts.tenant_id,
    parts.status,
    parts.split_by,
    {{ own("parts.requests") }} as requests,
    {{ own("timed_requests") }} as timed_requests,
    {{ own("latency_s") }} as latency_s,
    {{ own("parts.input_tokens") }} as input_tokens,
    {{ own("uncached_input_tokens") }} as uncached_input_tokens,
    {{ own("parts.cached_input_tokens") }} as cached_input_tokens,
    {{ own("parts.output_tokens") }} as output_tokens,
    {{ own("tokens_of_user") }} as tokens,
    parts.cost,
    parts.usage_cost,
    parts.input_cost,
    parts.cached_input_cost,
    parts.output_cost,
    {{ own("tokens.capacity_tokens") }} as capacity_tokens,
    tokens.api_vendor,
    tokens.api_model,
    tokens.api_model_by,
    tokens.api_later_hours,
    {{ own("quotient(tokens.api_cost_usd, tokens.usd_rate, 21)", 21) }} as api_cost
from parts
left join {{ ref('economics.token_costs') }} as tokens
    on parts.usage_month = tokens.usage_month and parts.endpoint_id <=> tokens.endpoint_id and parts.model_id <=> tokens.model_id
    and parts.tenant_id <=> tokens.tenant_id and parts.cost_currency <=> tokens.billing_currency
left join waits
    on parts.usage_month = waits.usage_month and parts.endpoint_id = waits.endpoint_id and parts.model_id <=> waits.model_id
    and parts.tenant_id <=> waits.tenant_id
