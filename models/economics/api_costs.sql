{% import "macros/arithmetic.sql" %}with hours as (
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
    select
        *,
        cast(coalesce(context_above, 0) as decimal(12, 0)) as above,
        coalesce(batch_factor, 1) as factor,
        coalesce(cached_input_usd, input_usd) as cached_usd,
        case
            when cached_input_usd is null then input_usd * coalesce(batch_factor, 1)
            when batch_factor is null then cached_input_usd
            when batch_cached_factor is null then input_usd * batch_factor
            else cached_input_usd * batch_cached_factor
        end as batch_cached_usd,
        cast(lead(context_above) over (
            partition by vendor, model, valid_from, valid_to, daily_from, daily_to
            order by coalesce(context_above, 0)
            rows between 1 following and 1 following
        ) as decimal(12, 0)) as next_above
    from {{ source('reference.token_prices') }}
),

-- the mean request of the hour decides which price of a length of context applies
priced as (
    select
        parts.*, prices.vendor, prices.model as vendor_model,
        {{ multiplied("input_tokens - batch_input - cached + batch_cached", "input_usd") }} as input_cost,
        {{ multiplied("cached - batch_cached", "cached_usd") }} as cached_cost,
        {{ multiplied("batch_input - batch_cached", "input_usd * factor") }} as batch_input_cost,
        {{ multiplied("batch_cached", "batch_cached_usd") }} as batch_cached_cost,
        if(output_usd is null and output_tokens = 0, 0, plus(
            {{ multiplied("output_tokens - batch_output", "output_usd") }}, {{ multiplied("batch_output", "output_usd * factor") }}
        )) as output_cost
    from parts
    inner join prices
        on (valid_from is null or usage_date >= valid_from) and (valid_to is null or usage_date < valid_to)
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
        count(input_cost + output_cost) as priced_hours,
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
    if(hours = priced_hours, {{ divided("plus(plus(plus(plus(input_cost, cached_cost), batch_input_cost), batch_cached_cost), output_cost)", 1000000) }}, null) as api_cost_usd
from summed
where priced_hours > 0
