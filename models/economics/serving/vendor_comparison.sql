{% import "macros/tokens.sql" %}{% import "macros/arithmetic.sql" %}with served as (
    select *, plus(coalesce(input_tokens, 0), coalesce(output_tokens, 0)) as tokens from {{ ref('economics.served_models') }}
),

asked as (
    select
        usage_month, endpoint_id, model_id, vendor, vendor_model, count(*) as priced_tenants, sum(hours) as hours,
        sum(priced_hours) as priced_hours, sum(later_hours) as later_hours, {{ known_sum("api_cost_usd") }} as api_usd
    from {{ ref('economics.api_costs') }}
    group by all
),

compared as (
    select
        served.*, vendor, vendor_model, hours, priced_hours, later_hours, if(priced_tenants = counted_tenants, api_usd, null) as api_usd
    from served
    inner join asked
        on served.usage_month = asked.usage_month and served.endpoint_id = asked.endpoint_id and served.model_id <=> asked.model_id
)

select
    usage_month,
    endpoint_id,
    model_id,
    vendor,
    vendor_model,
    requests,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    cost_usd,
    usage_cost_usd,
    capacity_tokens,
    {{ ratio("tokens", "capacity_tokens") }} as utilisation,
    cast(api_usd as decimal(38, 21)) as api_cost_usd,
    less(api_usd, cost_usd) as saving_usd,
    {{ ratio("in_proportion(tokens, cost_usd, api_usd)", "capacity_tokens") }} as break_even_utilisation,
    in_proportion(tokens, cost_usd, api_usd) as break_even_tokens,
    hours,
    priced_hours,
    later_hours
from compared
