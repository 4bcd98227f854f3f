{% import "macros/arithmetic.sql" %}{% import "macros/tokens.sql" %}with traffic as (
    select
        traffic.*, output_weight, output_weight_by, cached_weight, cached_weight_by,
        {{ weighted_input("uncached_input_tokens", "cached_input_tokens", "cached_weight") }} as input_weight
    from {{ ref('economics.endpoint_traffic') }} as traffic
    inner join {{ ref('economics.endpoint_weights') }} as weights
        on traffic.usage_month = weights.usage_month and traffic.endpoint_id = weights.endpoint_id
),

totals as (
    select
        usage_month, endpoint_id, output_weight, output_weight_by, cached_weight, cached_weight_by,
        array_sort(collect_set(model_id)) as models, sum(requests) as requests,
        sum(failed_requests) as failed_requests, sum(input_tokens) as input_tokens,
        sum(cached_input_tokens) as cached_input_tokens, sum(output_tokens) as output_tokens,
        sum(prefill_s) as prefill_s, sum(decode_s) as decode_s, sum(input_weight) as input_weight,
        {{ known_sum("estimated_cost_usd") }} as estimated_cost_usd
    from traffic
    group by all
),

split as (
    select
        *, coalesce(input_weight, 0) > 0 as has_input, coalesce(output_tokens, 0) > 0 as has_output,
        case
            when size(models) > 1 and estimated_cost_usd > 0 and coalesce(prefill_s, 0) = 0 and output_weight_by <> 'stated'
                then 'gateway_estimates'
            when input_weight > 0 and output_tokens > 0 and prefill_s > 0 and output_weight_by <> 'stated' then 'measured_seconds'
            when input_weight > 0 or output_tokens > 0 then 'token_weights'
            when requests > 0 then 'requests'
        end as split_by
    from totals
),

shared as (
    select
        *,
        case
            when split_by = 'gateway_estimates' then null
            when has_input and not has_output then cast(1 as decimal(18, 9))
            when has_output and not has_input then cast(0 as decimal(18, 9))
            when split_by = 'measured_seconds' then {{ ratio("prefill_s", "plus(prefill_s, decode_s)") }}
            when has_input then {{ ratio("input_weight", "plus(input_weight, product(output_tokens, output_weight, 21))") }}
        end as input_share
    from split
),

-- a user's part of the requests or of the estimates is in the place of input
weighted as (
    select
        traffic.*,
        case shared.split_by
            when 'requests' then quotient(traffic.requests, shared.requests, 18)
            when 'gateway_estimates' then quotient(traffic.estimated_cost_usd, shared.estimated_cost_usd, 18)
            else product(quotient(traffic.uncached_input_tokens, shared.input_weight, 18), shared.input_share, 18)
        end as of_input,
        product(quotient(product(traffic.cached_input_tokens, traffic.cached_weight, 21), shared.input_weight, 18), shared.input_share, 18) as of_cached,
        product(quotient(traffic.output_tokens, shared.output_tokens, 18), 1 - shared.input_share, 18) as of_output
    from traffic
    inner join shared on traffic.usage_month = shared.usage_month and traffic.endpoint_id = shared.endpoint_id
),

lists as (
    select usage_month, endpoint_id, array_sort(collect_list(struct(
        model_id, tenant_id, requests, input_tokens, cached_input_tokens, uncached_input_tokens, output_tokens,
        of_input, of_cached, of_output, estimated_cost_usd
    ))) as users
    from weighted
    group by all
)

select
    shared.usage_month,
    shared.endpoint_id,
    if(size(shared.models) = 1, shared.models[0], null) as model_id,
    cast(shared.requests as decimal(38, 9)) as requests,
    cast(shared.failed_requests as decimal(38, 9)) as failed_requests,
    cast(shared.input_tokens as decimal(38, 9)) as input_tokens,
    cast(shared.cached_input_tokens as decimal(38, 9)) as cached_input_tokens,
    cast(shared.output_tokens as decimal(38, 9)) as output_tokens,
    cast(shared.prefill_s as decimal(38, 9)) as prefill_s,
    cast(shared.decode_s as decimal(38, 9)) as decode_s,
    shared.split_by,
    shared.input_share,
    if(shared.split_by = 'token_weights', shared.output_weight, null) as output_weight,
    case shared.split_by when 'measured_seconds' then 'measured_seconds' when 'token_weights' then shared.output_weight_by end as output_weight_by,
    if({{ by_tokens("shared.split_by") }}, shared.cached_weight, null) as cached_weight,
    if({{ by_tokens("shared.split_by") }}, shared.cached_weight_by, null) as cached_weight_by,
    cast(shared.estimated_cost_usd as decimal(38, 21)) as estimated_cost_usd,
    lists.users
from shared
inner join lists on shared.usage_month = lists.usage_month and shared.endpoint_id = lists.endpoint_id
