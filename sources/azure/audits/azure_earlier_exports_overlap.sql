select
    _source_id as source_id, billing_period, files, finding, account,
    scope as subscription, day, days
from {{ ref('focus.azure_overlaps') }}
where not is_landed
