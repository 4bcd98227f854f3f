select
    _source_id as source_id,
    _source_file as source_file,
    _row as source_row,
    cast(substring(month, 1, 7) || '-01' as date) as month,
    model_id,
    kind,
    cast(quantity as decimal(38, 21)) as quantity,
    cast(value as decimal(38, 21)) as value,
    currency,
    cast(value_low as decimal(38, 21)) as value_low,
    cast(value_high as decimal(38, 21)) as value_high,
    experiment_id
from {{ source('bronze.benefits') }}
where month is not null
