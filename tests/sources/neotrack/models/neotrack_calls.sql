select
    _source_id as source_id,
    _billing_period as delivered_for,
    id as request_id,
    to_timestamp(arrived) as requested_at,
    'ranker' as endpoint_id,
    cast(null as string) as model_id,
    cast(null as string) as model_asked,
    cast(null as string) as tenant_id,
    cast(null as string) as key_id,
    status,
    cast(null as decimal(38, 0)) as input_tokens,
    cast(null as decimal(38, 0)) as cached_input_tokens,
    cast(tokens as decimal(38, 0)) as output_tokens,
    cast(null as decimal(38, 9)) as latency_s,
    cast(null as decimal(38, 9)) as first_token_s,
    cast(null as boolean) as is_batch,
    cast(map() as map<string, string>) as labels
from {{ source('bronze.neotrack_requests') }}
