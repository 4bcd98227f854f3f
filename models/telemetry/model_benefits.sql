select
    _source_id as source_id,
    _source_file as source_file,
    _row as source_row,
    to_date(date_trunc('month', month)) as month,
    model_id,
    kind,
    quantity,
    value,
    currency
from {{ source('bronze.benefits') }}
where month is not null
