with records as (
    {{ every_request() }}
),

-- of a request that the log has several times, the answer counts, and of several the newest
ranked as (
    select
        *,
        row_number() over (
            partition by source_id, request_id
            order by
                status = 'succeeded' desc nulls last, delivered_for desc nulls last, requested_at desc,
                output_tokens desc nulls last, input_tokens desc nulls last, endpoint_id, model_id, tenant_id, key_id,
                to_json(array_sort(map_entries(labels)))
        ) as copy_no
    from records
)

select
    source_id,
    delivered_for,
    request_id,
    requested_at,
    endpoint_id,
    model_id,
    model_asked,
    tenant_id,
    key_id,
    status,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    latency_s,
    first_token_s,
    is_batch,
    labels,
    gateway_cost_usd
from ranked
where copy_no = 1
