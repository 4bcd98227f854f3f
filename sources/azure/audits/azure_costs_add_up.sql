{% import "sources/azure/macros/azure_lines.sql" %}
with lines as (
    select
        _source_id, _delivery_id, _source_file, BillingCurrency,
        {{ account() }} as account,
        {{ subscription() }} as subscription,
        {{ dataset() }} as dataset,
        {{ cost() }} as cost
    from {{ source('bronze.azure_costs') }}
),

delivered as (
    select
        _source_id, _delivery_id, account, subscription, BillingCurrency,
        sum(if(dataset not like 'type=amortizedcost%', cost, null)) as actual_cost,
        sum(if(dataset like 'type=amortizedcost%', cost, null)) as amortised_cost,
        array_sort(collect_set(_source_file)) as files
    from lines
    where dataset like 'type=%'
    group by all
),

charged as (
    select
        _source_id, _delivery_id,
        coalesce(BillingProfileId, BillingAccountId, '') as account,
        coalesce(subscription_id, '') as subscription,
        BillingCurrency,
        sum(billed_cost) as billed_cost,
        sum(effective_cost) as effective_cost
    from {{ ref('focus.azure_costs') }}
    group by all
)

select
    _source_id as source_id, _delivery_id as delivery_id, account, subscription, BillingCurrency as currency,
    actual_cost, billed_cost, amortised_cost, effective_cost, files
from delivered
left join charged using (_source_id, _delivery_id, account, subscription, BillingCurrency)
where abs(actual_cost - coalesce(billed_cost, 0)) >= 0.01
    or abs(amortised_cost - coalesce(effective_cost, 0)) >= 0.01
