{% import "sources/azure/macros/azure_lines.sql" %}
with lines as (
    select
        _source_id,
        _delivery_id,
        _file_no,
        {{ dataset() }} as dataset,
        {{ account() }} as account,
        concat_ws('/', account, {{ subscription() }}) as subscription,
        {{ usage_date() }} as usage_date,
        {{ charge_type() }} as charge_type,
        {{ is_committed() }} as is_committed,
        {{ cost() }} as cost,
        coalesce(try_cast(Quantity as decimal(38, 21)), 0) as quantity,
        xxhash64(usage_date, charge_type, subscription, MeterId, ResourceId, Tags, cost, quantity) as content
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
        struct(count(*), sum(cost), bit_xor(content)) as content,
        array_sort(collect_set(_file_no)) as files,
        array_sort(collect_set(account)) as accounts,
        array_sort(collect_set(subscription)) as subscriptions,
        array_sort(collect_set(usage_date)) as usage_dates
    from lines
    group by all
),

kinds as (
    select
        *,
        case
            when dataset like 'type=amortizedcost%' then 'amortised'
            when dataset like 'type=%' then 'actual'
            when has_amortised_cost and has_purchase then 'combined'
            when has_amortised_cost then 'amortised'
            when has_purchase then 'actual'
            when dataset rlike 'amorti[sz]ed' then 'amortised'
            when dataset like '%actual%' or has_use_without_cost then 'actual'
            else 'plain'
        end as kind
    from datasets
)

select
    _source_id,
    _delivery_id,
    dataset,
    -- Without commitments, the actual and the amortised dataset have the same lines.
    if(
        kind = 'plain' and row_number() over (
            partition by _source_id, _delivery_id, kind, subscriptions, content
            order by dataset
            rows between unbounded preceding and current row
        ) > 1,
        'repeated',
        kind
    ) as dataset_kind,
    files,
    accounts,
    subscriptions,
    array_sort(array_distinct(flatten(collect_list(usage_dates) over (partition by _source_id, _delivery_id)))) as usage_dates
from kinds
