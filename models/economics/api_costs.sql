{% import "macros/arithmetic.sql" %}{% import "macros/tokens.sql" %}with hours as (
    select
        usage_date, to_date(date_trunc('month', usage_date)) as usage_month, endpoint_id, model_id, tenant_id,
        date_format(hour_start, 'HH:mm') as clock,
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
        {{ multiplied("input_tokens - batch_input - cached + batch_cached", "input_usd") }} as input_cost,
        {{ multiplied("cached - batch_cached", "cached_usd") }} as cached_cost,
        {{ multiplied("batch_input - batch_cached", "input_usd * factor") }} as batch_input_cost,
        {{ multiplied("batch_cached", "batch_cached_usd") }} as batch_cached_cost,
        if(output_usd is null and output_tokens = 0, 0, plus(
            {{ multiplied("output_tokens - batch_output", "output_usd") }}, {{ multiplied("batch_output", "output_usd * factor") }}
        )) as output_cost
    from parts
    inner join prices
        on {{ in_force("usage_date") }}
        and case
            when daily_from is null then true
            when daily_from < daily_to then clock >= daily_from and clock < daily_to
            else clock >= daily_from or clock < daily_to
        end
        and (above = 0 or coalesce(input_tokens > above * requests, false))
        and (next_above is null or not coalesce(input_tokens > next_above * requests, false))
),

summed as (
    select
        usage_month, endpoint_id, model_id, tenant_id, vendor, vendor_model, max(hours) as hours,
        count(input_cost + output_cost) as priced_hours, count_if(is_later) as later_hours,
        sum(input_cost) as input_cost, sum(cached_cost) as cached_cost, sum(batch_input_cost) as batch_input_cost,
        sum(batch_cached_cost) as batch_cached_cost, sum(output_cost) as output_cost
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
    if(hours = priced_hours, {{ divided("plus(plus(plus(plus(input_cost, cached_cost), batch_input_cost), batch_cached_cost), output_cost)", 1000000) }}, null) as api_cost_usd
from summed
where priced_hours > 0
