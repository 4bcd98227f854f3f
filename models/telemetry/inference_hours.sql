-- stand-in of the contract
select
    cast(null as date) as usage_date,
    cast(null as timestamp) as hour_start,
    cast(null as string) as endpoint_id,
    cast(null as string) as model_id,
    cast(null as string) as model_version,
    cast(null as string) as tenant_id,
    cast(null as decimal(38,9)) as requests,
    cast(null as decimal(38,9)) as failed_requests,
    cast(null as decimal(38,9)) as input_tokens,
    cast(null as decimal(38,9)) as cached_input_tokens,
    cast(null as decimal(38,9)) as output_tokens,
    cast(null as decimal(38,9)) as batch_input_tokens,
    cast(null as decimal(38,9)) as batch_output_tokens,
    cast(null as decimal(38,9)) as prefill_s,
    cast(null as decimal(38,9)) as decode_s,
    cast(null as decimal(38,9)) as queue_s,
    cast(null as decimal(38,9)) as latency_s,
    cast(null as string) as measured_by
where false
