{% import "macros/arithmetic.sql" %}{% import "macros/tokens.sql" %}with hours as (
    select
        usage_date, to_date(date_trunc('month', usage_date)) as usage_month, endpoint_id, model_id, tenant_id,
        hour_start,
        cast(requests as decimal(24, 9)) as requests,
        cast(input_tokens as decimal(24, 9)) as input_tokens,
        cast(output_tokens as decimal(24, 9)) as output_tokens,
        cast(coalesce(cached_input_tokens, 0) as decimal(24, 9)) as cached,
        cast(coalesce(batch_input_tokens, 0) as decimal(24, 9)) as batch_input,
        cast(coalesce(batch_output_tokens, 0) as decimal(24, 9)) as batch_output
    from {{ ref('telemetry.inference_hours') }}
    where input_tokens is not null or output_tokens is not null
),

-- cached tokens are outside batches as far as there are input tokens outside batches
parts as (
    select
        *, greatest(cached - greatest(input_tokens - batch_input, 0), 0) as batch_cached,
        count(*) over (
            partition by usage_month, endpoint_id, model_id, tenant_id
            rows between unbounded preceding and unbounded following
        ) as hours
    from hours
),

prices as (
    select * from {{ ref('economics.dated_prices') }}
),

-- the mean request of the hour decides which price of a length of context applies
priced as (
    select
        parts.*, prices.vendor, prices.vendor_model, usage_date < first_day as is_later,
        plus(
            token_cost(rates, false, array(input_tokens - batch_input - cached + batch_cached, cached - batch_cached, output_tokens - batch_output)),
            token_cost(rates, true, array(batch_input - batch_cached, batch_cached, batch_output))
        ) as cost
    from parts
    inner join prices
        on {{ is_in_force("hour_start") }}
        and (above = 0 or coalesce(input_tokens > above * requests, false))
        and (next_above is null or not coalesce(input_tokens > next_above * requests, false))
),

summed as (
    select
        usage_month, endpoint_id, model_id, tenant_id, vendor, vendor_model, max(hours) as hours,
        count(cost) as priced_hours, count_if(is_later) as later_hours, sum(cost) as cost
    from priced
    group by all
)

select
    usage_month,
    endpoint_id,
    model_id,
    tenant_id,
    vendor,
    vendor_model,
    hours,
    priced_hours,
    later_hours,
    if(hours = priced_hours, {{ divided("cost", 1000000) }}, null) as api_cost_usd
from summed
where priced_hours > 0
