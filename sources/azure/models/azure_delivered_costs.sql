{% import "sources/azure/macros/azure_lines.sql" %}
with datasets as (
    select _source_id, _delivery_id, dataset_kind, explode(files) as _file_no from {{ ref('focus.azure_datasets') }}
),

lines as (
    select
        _source_id,
        _delivery_id,
        datasets.dataset_kind,
        {{ account() }} as account,
        {{ scope() }} as scope,
        {{ period_start() }} as period,
        BillingCurrency as currency,
        {{ is_committed() }} as is_committed,
        {{ charge_type() }} in ('purchase', 'refund') as is_purchase,
        datasets.dataset_kind in ('amortised', 'combined') as is_amortised,
        {{ cost() }} as cost
    from {{ source('bronze.azure_costs') }}
    inner join datasets using (_source_id, _delivery_id, _file_no)
),

scopes as (
    select
        *,
        bool_or(is_amortised) over (partition by _source_id, _delivery_id, scope) as is_amortised_elsewhere,
        bool_or(dataset_kind = 'combined') over (partition by _source_id, _delivery_id, scope) as is_combined_elsewhere
    from lines
),

compared as (
    select
        *,
        bool_or(is_amortised_elsewhere) over (partition by _source_id, _delivery_id, account) as has_amortised,
        bool_or(is_combined_elsewhere) over (partition by _source_id, _delivery_id, account) as has_combined
    from scopes
),

counted as (
    select *
    from compared
    where is_amortised
        or (dataset_kind <> 'repeated' and not is_amortised_elsewhere)
        or (is_committed and is_purchase and not has_combined)
)

select
    _source_id as source_id,
    _delivery_id as delivery_id,
    period,
    currency,
    cast(sum(if(is_amortised and is_committed and not is_purchase, 0, cost)) as decimal(38, 21)) as billed_cost,
    cast(sum(if(has_amortised and is_committed and is_purchase, 0, cost)) as decimal(38, 21)) as effective_cost
from counted
group by all
