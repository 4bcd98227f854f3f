with subscriptions as (
    select
        concat_ws('/', _source_id, _delivery_id) as delivery,
        dataset_kind,
        explode(subscriptions) as named,
        regexp_replace(named, '/[^/]*$', '') as account,
        if(endswith(named, '/'), named, substring_index(named, '/', -1)) as scope
    from {{ ref('focus.azure_datasets') }}
)

-- Exports with the same subscription belong to one account, even if they spell the account differently, so all spellings get
-- the same kinds.
select
    concat_ws('/', delivery, account) as account,
    concat_ws('/', delivery, scope) as scope,
    bool_or(dataset_kind in ('amortised', 'combined')) over (partition by delivery, scope) as is_amortised,
    bool_or(dataset_kind <> 'amortised') over (partition by delivery, scope) as is_actual,
    bool_or(dataset_kind = 'combined') over (partition by delivery, scope) as is_combined
from subscriptions
