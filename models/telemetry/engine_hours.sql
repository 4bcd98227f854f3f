{% import "macros/arithmetic.sql" %}with pods as (
    select * from {{ source('bronze.serving_hours') }}
)

-- counters of failures exist only once a request failed
select
    usage_date,
    hour_start,
    endpoint_id,
    model_id,
    if(count(distinct model_version) = 1, max(model_version), null) as model_version,
    cast({{ known_sum("requests") }} as decimal(38, 9)) as requests,
    cast(sum(failed_requests) as decimal(38, 9)) as failed_requests,
    cast({{ known_sum("input_tokens") }} as decimal(38, 9)) as input_tokens,
    cast({{ known_sum("cached_input_tokens") }} as decimal(38, 9)) as cached_input_tokens,
    cast({{ known_sum("output_tokens") }} as decimal(38, 9)) as output_tokens,
    cast({{ known_sum("prefill_s") }} as decimal(38, 9)) as prefill_s,
    cast({{ known_sum("decode_s") }} as decimal(38, 9)) as decode_s,
    cast({{ known_sum("queue_s") }} as decimal(38, 9)) as queue_s,
    cast({{ known_sum("latency_s") }} as decimal(38, 9)) as latency_s
from pods
group by all
