with tokens as (
    select
        *, product(cost, usd_rate, 21) as usd, product(usage_cost, usd_rate, 21) as usage_usd
    from {{ ref('economics.token_costs') }}
    where endpoint_id is not null
),

-- a user of an endpoint that is billed in several currencies has a row for each, with the same traffic
users as (
    select
        usage_month, endpoint_id, model_id, tenant_id, max(requests) as requests, max(input_tokens) as input_tokens,
        max(cached_input_tokens) as cached_input_tokens, max(output_tokens) as output_tokens,
        max(capacity_tokens) as capacity_tokens,
        if(count(*) = count(usd), sum(usd), null) as usd,
        if(count(*) = count(usage_usd), sum(usage_usd), null) as usage_usd
    from tokens
    group by all
)

select
    usage_month,
    endpoint_id,
    model_id,
    count_if(input_tokens is not null or output_tokens is not null) as counted_tenants,
    cast(sum(requests) as decimal(38, 9)) as requests,
    cast(sum(input_tokens) as decimal(38, 9)) as input_tokens,
    cast(sum(cached_input_tokens) as decimal(38, 9)) as cached_input_tokens,
    cast(sum(output_tokens) as decimal(38, 9)) as output_tokens,
    cast(sum(capacity_tokens) as decimal(38, 9)) as capacity_tokens,
    cast(if(count(*) = count(usd), sum(usd), null) as decimal(38, 21)) as cost_usd,
    cast(if(count(*) = count(usage_usd), sum(usage_usd), null) as decimal(38, 21)) as usage_cost_usd
from users
group by all
