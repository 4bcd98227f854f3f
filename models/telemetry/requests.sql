-- stand-in of the contract
select
    cast(null as string) as source_id,
    cast(null as date) as delivered_for,
    cast(null as string) as request_id,
    cast(null as timestamp) as requested_at,
    cast(null as string) as endpoint_id,
    cast(null as string) as model_id,
    cast(null as string) as model_asked,
    cast(null as string) as tenant_id,
    cast(null as string) as key_id,
    cast(null as string) as status,
    cast(null as decimal(38,0)) as input_tokens,
    cast(null as decimal(38,0)) as cached_input_tokens,
    cast(null as decimal(38,0)) as output_tokens,
    cast(null as decimal(38,9)) as latency_s,
    cast(null as decimal(38,9)) as first_token_s,
    cast(null as boolean) as is_batch,
    cast(null as map<string,string>) as labels
where false
