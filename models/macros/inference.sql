{# Sums of rows of economics.receiver_inference: what the figures of traffic need. Each price divides the cost of the rows that have both
   the cost and the tokens. #}
{% macro inference_sums() %}sum(requests) as requests,
        sum(input_tokens) as input_tokens,
        sum(cached_input_tokens) as cached_input_tokens,
        sum(output_tokens) as output_tokens,
        sum(cost) as cost,
        sum(usage_cost) as usage_cost,
        sum(if(tokens > 0, cost, null)) as token_cost,
        sum(if(cost is null, null, tokens)) as paid_tokens,
        sum(if(tokens > 0, usage_cost, null)) as token_usage_cost,
        sum(if(usage_cost is null, null, tokens)) as watched_tokens,
        sum(capacity_tokens) as capacity_tokens,
        sum(if(capacity_tokens is null, null, tokens)) as rated_tokens,
        sum(if(split_by is null, null, usage_cost)) as served_usage_cost,
        sum(if(split_by is null or usage_cost is null, null, cost)) as served_cost,
        sum(input_cost) as input_cost,
        sum(if(input_cost is null, null, uncached_input_tokens)) as uncached_tokens,
        sum(cached_input_cost) as cached_input_cost,
        sum(if(cached_input_cost is null, null, cached_input_tokens)) as cached_tokens,
        sum(output_cost) as output_cost,
        sum(if(output_cost is null, null, output_tokens)) as written_tokens,
        sum(if(cached_input_tokens is null, null, input_tokens)) as cacheable_tokens,
        sum(latency_s) as latency_s,
        sum(timed_requests) as timed_requests,
        sum(api_cost) as api_cost,
        sum(if(api_cost is null, null, tokens)) as api_tokens,
        sum(if(cost is null, null, api_cost)) as compared_api_cost,
        sum(if(api_cost is null, null, cost)) as compared_cost,
        sum(if(api_cost is null or cost is null, null, tokens)) as compared_tokens,
        sum(if(api_cost is null or cost is null, null, capacity_tokens)) as compared_capacity_tokens{% endmacro %}
{# The figures of traffic from these sums. #}
{% macro inference_figures() %}cast(requests as decimal(38,9)) as requests,
    cast(input_tokens as decimal(38,9)) as input_tokens,
    cast(cached_input_tokens as decimal(38,9)) as cached_input_tokens,
    cast(output_tokens as decimal(38,9)) as output_tokens,
    {{ of_a_million("token_cost", "paid_tokens") }} as cost_per_million_tokens,
    {{ of_a_million("token_usage_cost", "watched_tokens") }} as usage_cost_per_million_tokens,
    {{ of_a_million("input_cost", "uncached_tokens") }} as cost_per_million_input_tokens,
    {{ of_a_million("cached_input_cost", "cached_tokens") }} as cost_per_million_cached_tokens,
    {{ of_a_million("output_cost", "written_tokens") }} as cost_per_million_output_tokens,
    {{ part_of_all("rated_tokens", "capacity_tokens") }} as utilisation,
    {{ part_of_all("served_usage_cost", "served_cost") }} as used_cost_ratio,
    {{ part_of_all("cached_input_tokens", "cacheable_tokens") }} as cached_ratio,
    try_cast(quotient(latency_s, timed_requests, 9) as decimal(18,9)) as seconds_per_request{% endmacro %}
{# The comparison with the models of vendors from these sums. #}
{% macro api_figures() %}{{ of_a_million("api_cost", "api_tokens") }} as api_cost_per_million_tokens,
    {{ part_of_all("in_proportion(compared_tokens, compared_cost, compared_api_cost)", "compared_capacity_tokens") }} as break_even_utilisation,
    in_proportion(compared_tokens, compared_cost, compared_api_cost) as break_even_tokens{% endmacro %}
{% macro of_a_million(cost, tokens) %}quotient(product({{ cost }}, 1000000, 15), {{ tokens }}, 21){% endmacro %}
{% macro part_of_all(part, whole) %}try_cast(quotient({{ part }}, {{ whole }}, 9) as decimal(18,9)){% endmacro %}
{# The only value of a column; null if the rows have several or none. #}
{% macro only_value(column) %}if(count(distinct {{ column }}) = 1, max({{ column }}), null){% endmacro %}
{# The columns of inference_figures(), for tables that print them. #}
{% macro inference_columns(of="") %}{{ of }}requests,
    {{ of }}input_tokens,
    {{ of }}cached_input_tokens,
    {{ of }}output_tokens,
    {{ of }}cost_per_million_tokens,
    {{ of }}usage_cost_per_million_tokens,
    {{ of }}cost_per_million_input_tokens,
    {{ of }}cost_per_million_cached_tokens,
    {{ of }}cost_per_million_output_tokens,
    {{ of }}utilisation,
    {{ of }}used_cost_ratio,
    {{ of }}cached_ratio,
    {{ of }}seconds_per_request{% endmacro %}
{# The relations up to placed: the rows of the relation inference in cents, with the position of their line. The `most` members with the
   highest cost have a line each, the others one together; `member` is their column. #}
{% macro placed_inference(member, most) %}{% import "macros/cents.sql" %}costed as (
    {{ nested_cents("inference", "cost", "endpoint_id", "model_id, tenant_id", "cost_shown") }}
),

parts as (
    {{ nested_cents("costed", "usage_cost", "endpoint_id", "model_id, tenant_id", "usage_shown") }}
),

ranks as (
    select
        billing_month, receiver_id, billing_currency, {{ member }},
        row_number() over (partition by billing_month, receiver_id, billing_currency order by sum(cost) desc, {{ member }} nulls last) as line_rank,
        count(*) over (partition by billing_month, receiver_id, billing_currency) as line_count
    from parts
    group by all
),

placed as (
    select parts.*, {{ folded(most) }} as position
    from parts
    inner join ranks
        on parts.billing_month = ranks.billing_month and parts.receiver_id = ranks.receiver_id
        and parts.billing_currency <=> ranks.billing_currency and parts.{{ member }} <=> ranks.{{ member }}
){% endmacro %}
