with lines as (
    select
        _source_id,
        _delivery_id,
        _file_no,
        -- The path below the delivery, without the numbers of the parts.
        regexp_replace(
            lower(substring_index(_source_file, concat(_delivery_id, '/'), -1)),
            '(part)?[0-9_.-]*[.](csv|parquet|json|avro).*$',
            ''
        ) as dataset,
        coalesce(BillingProfileId, BillingAccountId, '') as account,
        concat_ws('/', account, coalesce(SubscriptionGuid, SubscriptionId, '')) as subscription,
        if(Date like '%/%', to_date(part_of(Date, ' ', 1), 'M/d/yyyy'), cast(cast(Date as timestamp) as date)) as usage_date,
        lower(coalesce(ChargeType, 'Usage')) as charge_type,
        coalesce(
            lower(replace(PricingModel, ' ')) in ('reservation', 'savingsplan', 'savingsplans'),
            coalesce(BenefitId, ReservationId) is not null
        ) as is_committed,
        cast(CostInBillingCurrency as decimal(38, 21)) as cost,
        coalesce(try_cast(Quantity as decimal(38, 21)), 0) as quantity
    from {{ source('bronze.azure_costs') }}
),

datasets as (
    select
        _source_id,
        _delivery_id,
        dataset,
        bool_or(charge_type like 'unused%' or (charge_type = 'usage' and is_committed and cost <> 0)) as has_amortised_cost,
        bool_or(charge_type in ('purchase', 'refund') and is_committed) as has_purchase,
        bool_or(charge_type = 'usage' and is_committed and cost = 0 and quantity <> 0) as has_use_without_cost,
        array_sort(collect_set(_file_no)) as files,
        array_sort(collect_set(account)) as accounts,
        array_sort(collect_set(subscription)) as subscriptions,
        array_sort(collect_set(usage_date)) as usage_dates
    from lines
    group by all
)

select
    _source_id,
    _delivery_id,
    dataset,
    case
        when has_amortised_cost and has_purchase then 'combined'
        when has_amortised_cost then 'amortised'
        when has_purchase then 'actual'
        when dataset rlike 'amorti[sz]ed' then 'amortised'
        when dataset like '%actual%' or has_use_without_cost then 'actual'
        else 'plain'
    end as dataset_kind,
    files,
    accounts,
    subscriptions,
    usage_dates
from datasets
