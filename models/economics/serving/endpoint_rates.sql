{% import "macros/tokens.sql" %}with traffic as (
    select
        *, to_date(date_trunc('month', usage_date)) as usage_month, prefill_s > 0 and decode_s > 0 as is_timed,
        if(input_tokens is null, output_tokens, plus(input_tokens, coalesce(output_tokens, 0))) as tokens
    from {{ ref('telemetry.inference_hours') }}
),

hours as (
    select
        usage_month, usage_date, hour_start, endpoint_id, sum(tokens) as tokens,
        sum(if(is_timed, greatest(input_tokens - coalesce(cached_input_tokens, 0), 0), null)) as timed_uncached_tokens,
        sum(if(is_timed, coalesce(cached_input_tokens, 0), null)) as timed_cached_tokens,
        sum(if(is_timed, output_tokens, null)) as timed_output_tokens,
        sum(if(is_timed, prefill_s, null)) as prefill_s, sum(if(is_timed, decode_s, null)) as decode_s
    from traffic
    group by all
),

answered as (
    select
        usage_month, endpoint_id, sum(tokens) as tokens, max(tokens) as busiest_hour_tokens,
        count(distinct usage_date) * 86400 as days_s, sum(timed_uncached_tokens) as timed_uncached_tokens,
        sum(timed_cached_tokens) as timed_cached_tokens, sum(timed_output_tokens) as timed_output_tokens,
        sum(prefill_s) as prefill_s, sum(decode_s) as decode_s
    from hours
    group by all
),

-- the pods of an endpoint run at the same time
held as (
    select
        to_date(date_trunc('month', usage_date)) as usage_month, endpoint_id, hour_start, max(held_s) as held_s,
        sum(if(accelerator_active_s is null, null, accelerator_allocated_s)) as watched_s, sum(accelerator_active_s) as active_s
    from {{ ref('telemetry.workload_hours') }}
    where endpoint_id is not null
    group by all
),

ran as (
    select
        usage_month, endpoint_id, sum(held_s) as held_s, {{ ratio("sum(active_s)", "sum(watched_s)") }} as accelerator_active_ratio
    from held
    group by all
),

joined as (
    select
        coalesce(answered.usage_month, ran.usage_month) as usage_month,
        coalesce(answered.endpoint_id, ran.endpoint_id) as endpoint_id,
        answered.* except (usage_month, endpoint_id), coalesce(held_s, days_s) as up_s, accelerator_active_ratio,
        quotient(busiest_hour_tokens, 3600, 9) as busiest_hour_rate
    from answered
    full outer join ran on answered.usage_month = ran.usage_month and answered.endpoint_id = ran.endpoint_id
),

stated as (
    select
        joined.*, endpoints.capacity_per_s is not null as is_stated,
        coalesce(endpoints.capacity_per_s, if(busiest_hour_rate > 0, busiest_hour_rate, null)) as capacity
    from joined
    left join {{ source('conf.endpoints') }} as endpoints on joined.endpoint_id = endpoints.endpoint_id
)

select
    usage_month,
    endpoint_id,
    cast(tokens as decimal(38, 9)) as tokens,
    cast(up_s as decimal(38, 9)) as up_s,
    cast(quotient(tokens, up_s, 9) as decimal(38, 9)) as tokens_per_s,
    if(tokens is null, null, cast(capacity as decimal(38, 9))) as capacity_tokens_per_s,
    if(tokens is null or capacity is null, null, if(is_stated, 'stated', 'busiest_hour')) as capacity_by,
    if(tokens is null, null, cast(product(capacity, up_s, 9) as decimal(38, 9))) as capacity_tokens,
    accelerator_active_ratio,
    cast(timed_uncached_tokens as decimal(38, 9)) as timed_uncached_tokens,
    cast(timed_cached_tokens as decimal(38, 9)) as timed_cached_tokens,
    cast(timed_output_tokens as decimal(38, 9)) as timed_output_tokens,
    cast(prefill_s as decimal(38, 9)) as prefill_s,
    cast(decode_s as decimal(38, 9)) as decode_s
from stated
