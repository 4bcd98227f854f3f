{% import "macros/tokens.sql" %}with joined as (
    select payers.*, payers.billing_month as usage_month, traffic.users, size(traffic.users) as user_count
    from {{ ref('economics.endpoint_payers') }} as payers
    left join {{ ref('economics.token_weights') }} as traffic
        on payers.billing_month = traffic.usage_month and payers.endpoint_id = traffic.endpoint_id and payers.split_by is not null
),

apportioned as (
    select *, {{ over_users("cost") }} as split_cost, {{ over_users("usage_cost") }} as split_usage_cost from joined
),

-- one row per user; one if no traffic bears the cost
numbered as (
    select *, explode(sequence(0, if(users is null, 0, user_count - 1))) as user_number from apportioned
),

of_users as (
    select
        usage_month, receiver_kind, receiver_id, billing_currency, cost_currency, endpoint_id, status, split_by, cost as own_cost, whole_cost,
        if(users is null, model_id, users[user_number].model_id) as model_id, users[user_number].tenant_id as tenant_id,
        if(users is null, requests, users[user_number].requests) as requests,
        if(users is null, input_tokens, users[user_number].input_tokens) as input_tokens,
        users[user_number].uncached_input_tokens as uncached_input_tokens,
        if(users is null, cached_input_tokens, users[user_number].cached_input_tokens) as cached_input_tokens,
        if(users is null, output_tokens, users[user_number].output_tokens) as output_tokens,
        case
            when users is null then if(input_tokens is null, output_tokens, plus(input_tokens, coalesce(output_tokens, 0)))
            when users[user_number].input_tokens is null then users[user_number].output_tokens
            else plus(users[user_number].input_tokens, coalesce(users[user_number].output_tokens, 0))
        end as tokens_of_user,
        {{ part_of_user("split_cost") }} as cost,
        {{ part_of_user("split_usage_cost") }} as usage_cost,
        {{ part_of_tokens("split_cost", 0) }} as input_cost,
        {{ part_of_tokens("split_cost", 1) }} as cached_input_cost,
        {{ part_of_tokens("split_cost", 2) }} as output_cost
    from numbered
),

waits as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, endpoint_id, model_id, tenant_id, sum(latency_s) as latency_s,
        sum(if(latency_s is null, null, requests)) as timed_requests
    from {{ ref('telemetry.inference_hours') }}
    group by all
)

select
    of_users.usage_month as billing_month,
    receiver_kind,
    receiver_id,
    of_users.billing_currency,
    of_users.endpoint_id,
    of_users.model_id,
    of_users.tenant_id,
    of_users.status,
    of_users.split_by,
    {{ share_of_receiver("of_users.requests") }} as requests,
    {{ share_of_receiver("timed_requests") }} as timed_requests,
    {{ share_of_receiver("latency_s") }} as latency_s,
    {{ share_of_receiver("of_users.input_tokens") }} as input_tokens,
    {{ share_of_receiver("uncached_input_tokens") }} as uncached_input_tokens,
    {{ share_of_receiver("of_users.cached_input_tokens") }} as cached_input_tokens,
    {{ share_of_receiver("of_users.output_tokens") }} as output_tokens,
    {{ share_of_receiver("tokens_of_user") }} as tokens,
    of_users.cost,
    of_users.usage_cost,
    of_users.input_cost,
    of_users.cached_input_cost,
    of_users.output_cost,
    {{ share_of_receiver("tokens.capacity_tokens") }} as capacity_tokens,
    tokens.api_vendor,
    tokens.api_model,
    tokens.api_model_by,
    tokens.api_later_hours,
    {{ share_of_receiver("quotient(tokens.api_cost_usd, tokens.usd_rate, 21)", 21) }} as api_cost
from of_users
left join {{ ref('economics.token_costs') }} as tokens
    on of_users.usage_month = tokens.usage_month and of_users.endpoint_id <=> tokens.endpoint_id and of_users.model_id <=> tokens.model_id
    and of_users.tenant_id <=> tokens.tenant_id and of_users.cost_currency <=> tokens.billing_currency
left join waits
    on of_users.usage_month = waits.usage_month and of_users.endpoint_id = waits.endpoint_id and of_users.model_id <=> waits.model_id
    and of_users.tenant_id <=> waits.tenant_id
