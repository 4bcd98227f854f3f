{% import "macros/tokens.sql" %}with tokens as (
    select
        *, product(cost, usd_rate, 21) as usd, product(usage_cost, usd_rate, 21) as usage_usd
    from {{ ref('economics.token_costs') }}
),

-- a user of an endpoint that is billed in several currencies has a row for each, with the same traffic
users as (
    select
        usage_month, endpoint_id, model_id, tenant_id, max(requests) as requests, max(input_tokens) as input_tokens,
        max(cached_input_tokens) as cached_input_tokens, max(output_tokens) as output_tokens,
        if(count(*) = count(usd), sum(usd), null) as usd,
        if(count(*) = count(usage_usd), sum(usage_usd), null) as usage_usd
    from tokens
    where endpoint_id is not null
    group by all
),

joined as (
    select
        users.usage_month, users.endpoint_id, users.model_id, vendor, vendor_model,
        sum(requests) as requests, sum(input_tokens) as input_tokens, sum(cached_input_tokens) as cached_input_tokens,
        sum(output_tokens) as output_tokens, sum(hours) as hours, sum(priced_hours) as priced_hours,
        if(count(*) = count(usd), sum(usd), null) as usd,
        if(count(*) = count(usage_usd), sum(usage_usd), null) as usage_usd,
        if(count(*) = count(api_cost_usd), sum(api_cost_usd), null) as api_usd
    from users
    inner join {{ ref('economics.api_costs') }} as api
        on users.usage_month = api.usage_month and users.endpoint_id = api.endpoint_id
        and users.model_id <=> api.model_id and users.tenant_id <=> api.tenant_id
    group by all
)

select
    usage_month,
    endpoint_id,
    model_id,
    vendor,
    vendor_model,
    cast(requests as decimal(38, 9)) as requests,
    cast(input_tokens as decimal(38, 9)) as input_tokens,
    cast(cached_input_tokens as decimal(38, 9)) as cached_input_tokens,
    cast(output_tokens as decimal(38, 9)) as output_tokens,
    cast(usd as decimal(38, 21)) as cost_usd,
    cast(usage_usd as decimal(38, 21)) as usage_cost_usd,
    {{ ratio("usage_usd", "usd") }} as utilisation,
    cast(api_usd as decimal(38, 21)) as api_cost_usd,
    less(api_usd, usd) as saving_usd,
    {{ ratio("usage_usd", "api_usd") }} as break_even_utilisation,
    in_proportion(plus(coalesce(input_tokens, 0), coalesce(output_tokens, 0)), usd, api_usd) as break_even_tokens,
    hours,
    priced_hours
from joined
