{% import "sources/azure/macros/azure_lines.sql" %}
with datasets as (
    select _source_id, _delivery_id, dataset_kind, explode(files) as _file_no from {{ ref('focus.azure_datasets') }}
),

lines as (
    select
        _source_id,
        _delivery_id,
        {{ period_start() }} as period,
        BillingCurrency as currency,
        datasets.dataset_kind,
        {{ is_committed() }} as is_committed,
        {{ cost() }} as cost
    from {{ source('bronze.azure_costs') }}
    inner join datasets using (_source_id, _delivery_id, _file_no)
),

deliveries as (
    select
        _source_id,
        _delivery_id,
        period,
        currency,
        bool_or(dataset_kind = 'amortised') as has_amortised,
        bool_or(dataset_kind = 'actual') as has_actual,
        bool_or(is_committed) as has_commitments,
        count_if(dataset_kind in ('plain', 'combined')) = 0 as is_told_apart,
        sum(if(dataset_kind = 'actual', cost, 0)) as actual_cost
    from lines
    group by all
),

found as (
    select
        deliveries.*,
        costs.billed_cost,
        case
            when has_commitments and is_told_apart and not has_amortised
                then 'the amortised costs are missing: EffectiveCost of commitments is their billed cost'
            when has_commitments and is_told_apart and not has_actual
                then 'the actual costs are missing: BilledCost lacks purchases of commitments'
            when has_amortised and has_actual and is_told_apart and actual_cost <> costs.billed_cost
                then 'the actual costs differ from what is billed: both exports are not of the same time or scope'
        end as finding
    from deliveries
    inner join {{ ref('focus.azure_delivered_costs') }} as costs
        on deliveries._source_id = costs.source_id
        and deliveries._delivery_id = costs.delivery_id
        and deliveries.period = costs.period
        and deliveries.currency = costs.currency
)

select _source_id as source_id, _delivery_id as delivery_id, period as billing_period, currency, finding, actual_cost, billed_cost
from found
where finding is not null
