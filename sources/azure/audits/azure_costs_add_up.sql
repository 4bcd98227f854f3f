{% import "sources/azure/macros/azure_lines.sql" %}
with datasets as (
    select _source_id, _delivery_id, dataset_kind, explode(files) as _file_no
    from {{ ref('focus.azure_datasets') }}
    where dataset_kind <> 'repeated'
),

landed as ({{ landed_deliveries(source('bronze.deliveries')) }}),

delivered as (
    select
        _source_id,
        {{ period_start() }} as period,
        BillingCurrency as currency,
        {{ subscription() }} as subscription,
        bool_or({{ is_landed() }}) as is_landed,
        bool_or(dataset_kind = 'combined') as is_combined,
        bool_or(dataset_kind = 'actual') as is_actual,
        bool_or(dataset_kind = 'amortised') as is_amortised,
        bool_or(dataset_kind = 'actual' and {{ is_committed() }} and {{ charge_type() }} = 'usage') as uses_commitments,
        sum(if(dataset_kind <> 'amortised', {{ cost() }}, 0)) as actual_cost,
        sum(if(dataset_kind = 'amortised', {{ cost() }}, null)) as amortised_cost,
        array_sort(collect_set(_source_file)) as files
    from {{ source('bronze.azure_costs') }}
    inner join datasets using (_source_id, _delivery_id, _file_no)
    group by all
),

charged as (
    select
        _source_id,
        billing_period_start as period,
        BillingCurrency as currency,
        lower(coalesce(subscription_id, '')) as subscription,
        bool_or(has_amortised) as has_amortised,
        sum(billed_cost) as billed_cost,
        sum(effective_cost) as effective_cost
    from {{ ref('focus.azure_costs') }}
    group by all
),

months as (
    select
        *,
        bool_or(is_actual) over (partition by _source_id, period) as has_actual_dataset,
        bool_or(is_amortised) over (partition by _source_id, period) as has_amortised_dataset
    from delivered
),

halves as (
    select
        *,
        bool_or(is_landed and has_actual_dataset and not has_amortised_dataset) over (partition by _source_id)
            and is_landed
            and has_amortised_dataset
            and not has_actual_dataset as is_half
    from months
),

found as (
    select
        halves.*, charged.billed_cost, charged.effective_cost,
        case
            when is_half
                then 'the actual costs of this month are missing, and the amortised costs of another month'
            when uses_commitments and not is_amortised and has_amortised
                then 'the actual costs use commitments, but their amortised costs are missing'
            when has_actual_dataset and not is_combined and abs(actual_cost - coalesce(billed_cost, 0)) >= 0.01
                then 'BilledCost differs from the actual costs'
            when not is_combined and abs(amortised_cost - coalesce(effective_cost, 0)) >= 0.01
                then 'EffectiveCost differs from the amortised costs'
        end as finding
    from halves
    left join charged using (_source_id, period, currency, subscription)
)

select
    _source_id as source_id, period as billing_period, currency, subscription, finding,
    actual_cost, billed_cost, amortised_cost, effective_cost, files
from found
where finding is not null
