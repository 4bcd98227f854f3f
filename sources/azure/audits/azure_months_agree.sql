{% import "sources/azure/macros/azure_lines.sql" %}
with datasets as (
    select _source_id, _delivery_id, dataset_kind, explode(files) as _file_no
    from {{ ref('focus.azure_datasets') }}
    where dataset_kind in ('actual', 'amortised')
),

landed as ({{ landed_deliveries(source('bronze.deliveries')) }}),

lines as (
    select
        _source_id,
        {{ account() }} as account,
        dataset_kind,
        date_format({{ period_start() }}, 'yyyy-MM') as month
    from {{ source('bronze.azure_costs') }}
    inner join datasets using (_source_id, _delivery_id, _file_no)
    where {{ is_landed() }}
)

select
    _source_id as source_id,
    account,
    array_sort(collect_set(if(dataset_kind = 'actual', month, null))) as actual_months,
    array_sort(collect_set(if(dataset_kind = 'amortised', month, null))) as amortised_months
from lines
group by all
having size(actual_months) > 0 and size(amortised_months) > 0 and not arrays_overlap(actual_months, amortised_months)
