select
    to_date(date_trunc('month', month)) as month,
    model_id,
    kind,
    quantity,
    value,
    currency
from {{ source('bronze.benefits') }}
where month is not null
