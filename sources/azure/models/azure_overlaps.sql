{% import "sources/azure/macros/azure_lines.sql" %}
with datasets as (
    select _source_id, _delivery_id, dataset, dataset_kind, explode(files) as _file_no
    from {{ ref('focus.azure_datasets') }}
    where dataset_kind <> 'repeated'
),

landed as ({{ landed_deliveries(source('bronze.deliveries')) }}),

-- Groups the lines of all deliveries of a source together, because an export of several months can overlap the next
-- delivery.
lines as (
    select
        _source_id, _delivery_id, dataset, dataset_kind,
        {{ scope() }} as scope,
        {{ usage_date() }} as usage_date,
        {{ period_start() }} as period,
        bool_or({{ is_landed() }}) as is_landed,
        max({{ account() }}) as account,
        array_sort(collect_set(_source_file)) as files
    from {{ source('bronze.azure_costs') }}
    inner join datasets using (_source_id, _delivery_id, _file_no)
    group by all
),

of_days as (
    select
        _source_id, period, max(account) as account, scope, usage_date,
        bool_or(is_landed) as is_landed,
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
        _source_id, period, max(account) as account, scope, min(usage_date) as usage_date,
        bool_or(is_landed) as is_landed,
        'one is amortised, and nothing shows what the other is' as finding,
        array_sort(array_distinct(flatten(collect_list(files)))) as files
    from lines
    group by all
    having bool_or(dataset_kind = 'plain') and bool_or(dataset_kind = 'amortised')
),

of_accounts as (
    select
        _source_id, period, account, min(scope) as scope, min(usage_date) as usage_date,
        bool_or(is_landed) as is_landed,
        'one has both actual and amortised costs of the account' as finding,
        array_sort(array_distinct(flatten(collect_list(files)))) as files
    from lines
    group by all
    having bool_or(dataset_kind = 'combined') and count(distinct _delivery_id, dataset) > 1
),

found as (
    select * from of_days
    union all
    select * from of_subscriptions
    union all
    select * from of_accounts
)

select
    _source_id, period as billing_period, files, finding, account,
    min(scope) as scope, min(usage_date) as day, count(distinct usage_date) as days, bool_or(is_landed) as is_landed
from found
group by all
