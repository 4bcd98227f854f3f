{% import "macros/tokens.sql" %}with costs as (
    select * from {{ ref('economics.endpoint_costs') }}
),

apportioned as (
    select
        costs.*, users, size(users) as user_count, {{ over_users("cost") }} as split_cost, {{ over_users("usage_cost") }} as split_usage_cost
    from costs
    left join {{ ref('economics.token_weights') }} as traffic
        on costs.usage_month = traffic.usage_month and costs.endpoint_id = traffic.endpoint_id
        and costs.split_by is not null
),

-- one row per user; one if no traffic bears the cost
numbered as (
    select *, explode(sequence(0, if(users is null, 0, user_count - 1))) as user_number from apportioned
),

rates as (
    select
        cast(trunc(rate_date, 'month') as date) as month, from_currency, max(struct(rate_date, rate)).rate as rate
    from {{ source('conf.exchange_rates') }}
    where to_currency = 'USD'
    group by all
),

of_users as (
    select
        usage_month, endpoint_id, if(users is null, model_id, users[user_number].model_id) as model_id,
        users[user_number].tenant_id as tenant_id, team_id, billing_currency, status, split_by, output_weight, output_weight_by,
        cached_weight, cached_weight_by, capacity_tokens as whole_capacity, tokens as whole_tokens,
        plus(coalesce(users[user_number].input_tokens, 0), coalesce(users[user_number].output_tokens, 0)) as tokens_of_user,
        if(users is null, requests, users[user_number].requests) as requests,
        if(users is null, input_tokens, users[user_number].input_tokens) as input_tokens,
        if(users is null, cached_input_tokens, users[user_number].cached_input_tokens) as cached_input_tokens,
        users[user_number].estimated_cost_usd as estimated_cost_usd,
        users[user_number].uncached_input_tokens as uncached_input_tokens,
        if(users is null, output_tokens, users[user_number].output_tokens) as output_tokens,
        {{ part_of_user("split_cost") }} as cost,
        {{ part_of_tokens("split_cost", 0) }} as input_cost,
        {{ part_of_tokens("split_cost", 1) }} as cached_input_cost,
        {{ part_of_tokens("split_cost", 2) }} as output_cost,
        {{ part_of_user("split_usage_cost") }} as usage_cost,
        {{ part_of_tokens("split_usage_cost", 0) }} as usage_input_cost,
        {{ part_of_tokens("split_usage_cost", 1) }} as usage_cached_input_cost,
        {{ part_of_tokens("split_usage_cost", 2) }} as usage_output_cost,
        if(billing_currency = 'USD', 1, rates.rate) as usd_rate
    from numbered
    left join rates on numbered.usage_month = rates.month and numbered.billing_currency = rates.from_currency
),

compared as (
    select
        of_users.*, peers.vendor, peers.vendor_model, peers.peer_by,
        in_proportion(whole_capacity, tokens_of_user, whole_tokens) as capacity_tokens,
        product(cost, usd_rate, 21) as usd
    from of_users
    left join {{ ref('economics.model_peers') }} as peers
        on of_users.usage_month = peers.usage_month and of_users.model_id <=> peers.model_id
)

select
    compared.usage_month,
    compared.endpoint_id,
    compared.model_id,
    compared.tenant_id,
    team_id,
    billing_currency,
    status,
    split_by,
    output_weight,
    output_weight_by,
    cached_weight,
    cached_weight_by,
    requests,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    cost,
    input_cost,
    cached_input_cost,
    output_cost,
    usage_cost,
    {{ ratio("usage_cost", "cost") }} as used_cost_ratio,
    cast(capacity_tokens as decimal(38, 9)) as capacity_tokens,
    {{ ratio("tokens_of_user", "capacity_tokens") }} as utilisation,
    cast(usd_rate as decimal(13, 8)) as usd_rate,
    {{ per_million("input_cost", "uncached_input_tokens") }} as usd_per_million_input_tokens,
    {{ per_million("cached_input_cost", "cached_input_tokens") }} as usd_per_million_cached_input_tokens,
    {{ per_million("output_cost", "output_tokens") }} as usd_per_million_output_tokens,
    {{ per_request("cost") }} as usd_per_request,
    {{ per_million("usage_input_cost", "uncached_input_tokens") }} as usage_usd_per_million_input_tokens,
    {{ per_million("usage_cached_input_cost", "cached_input_tokens") }} as usage_usd_per_million_cached_input_tokens,
    {{ per_million("usage_output_cost", "output_tokens") }} as usage_usd_per_million_output_tokens,
    {{ per_request("usage_cost") }} as usage_usd_per_request,
    compared.vendor as api_vendor,
    compared.vendor_model as api_model,
    peer_by as api_model_by,
    api_cost_usd,
    later_hours as api_later_hours,
    {{ ratio("in_proportion(tokens_of_user, usd, api_cost_usd)", "capacity_tokens") }} as api_break_even_utilisation,
    in_proportion(tokens_of_user, usd, api_cost_usd) as api_break_even_tokens,
    estimated_cost_usd,
    quotient(product(estimated_cost_usd, 1000000, 15), tokens_of_user, 21) as estimated_usd_per_million_tokens
from compared
left join {{ ref('economics.api_costs') }} as api
    on compared.usage_month = api.usage_month and compared.endpoint_id = api.endpoint_id
    and compared.model_id <=> api.model_id and compared.tenant_id <=> api.tenant_id
    and compared.vendor = api.vendor and compared.vendor_model = api.vendor_model
