{% import "sources/azure/macros/azure_lines.sql" %}
with datasets as (
    select _source_id, _delivery_id, dataset, dataset_kind, explode(files) as _file_no
    from {{ ref('focus.azure_datasets') }}
    where dataset_kind <> 'repeated'
),

lines as (
    select
        _source_id, _delivery_id, dataset, dataset_kind,
        {{ account() }} as account,
        {{ subscription() }} as subscription,
        {{ usage_date() }} as usage_date,
        array_sort(collect_set(_source_file)) as files
    from {{ source('bronze.azure_costs') }}
    inner join datasets using (_source_id, _delivery_id, _file_no)
    group by all
),

of_days as (
    select
        _source_id, _delivery_id, account, subscription, usage_date,
        'they have costs of the same days' as finding,
        array_sort(array_distinct(flatten(collect_list(files)))) as files
    from lines
    group by all
    having count_if(dataset_kind = 'actual') > 1
        or count_if(dataset_kind = 'amortised') > 1
        or (count_if(dataset_kind in ('plain', 'combined')) > 0 and count(*) > 1)
),

of_subscriptions as (
    select
        _source_id, _delivery_id, account, subscription, min(usage_date) as usage_date,
        'one is amortised, and nothing shows what the other is' as finding,
        array_sort(array_distinct(flatten(collect_list(files)))) as files
    from lines
    group by all
    having bool_or(dataset_kind = 'plain') and bool_or(dataset_kind = 'amortised')
),

of_accounts as (
    select
        _source_id, _delivery_id, account, min(subscription) as subscription, min(usage_date) as usage_date,
        'one has both actual and amortised costs of the account' as finding,
        array_sort(array_distinct(flatten(collect_list(files)))) as files
    from lines
    group by all
    having bool_or(dataset_kind = 'combined') and count(distinct dataset) > 1
),

found as (
    select * from of_days
    union all
    select * from of_subscriptions
    union all
    select * from of_accounts
)

select
    _source_id as source_id, _delivery_id as delivery_id, files, finding, account,
    min(subscription) as subscription, min(usage_date) as day, count(distinct usage_date) as days
from found
group by all
