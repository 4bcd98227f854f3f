{# Costs in each of the two months in which they are compared: in their own month (is_latest), and in the month after it as the cost
   before. #}
{% macro sides(costs) %}select
        * except (billing_month, side), side.*,
        if(side.is_latest, effective_cost, null) as cost,
        if(side.is_latest, null, effective_cost) as cost_before
    from (
        select
            *,
            explode(array(
                named_struct('billing_month', billing_month, 'is_latest', true),
                named_struct('billing_month', add_months(billing_month, 1), 'is_latest', false)
            )) as side
        from {{ costs }}
    ){% endmacro %}

{# The SKU of a charge in one text: charges with the same one and the same unit price in the bill have one price. #}
{% macro sku_key(provider, service, sku, unit, commitment_status) %}concat_ws(
    ' ', {{ provider }}, {{ service }}, {{ sku }}, {{ unit }}, {{ commitment_status }}
){% endmacro %}

{# Queries that tell the charges of the relation charges apart by the kind of event that they may be part of. Ends with the
   relation event_charges. #}
{% macro event_charges() %}days_without_work as (
    select x_BillingMonth as billing_month, x_AllocationDate as usage_date, x_NodeId as node_id
    from charges
    where x_NodeId is not null
    group by all
    having sum(if(x_CostKind = 'idle', EffectiveCost, 0)) <> 0 and count_if(x_CostKind = 'direct' and EffectiveCost <> 0) = 0
),

judged as (
    select /*+ broadcast(days_without_work) */
        charges.*,
        case
            when ChargeClass = 'Correction' then 'correction'
            when x_CostKind = 'credit' then 'credit'
            when x_CostKind = 'tax' then null
            when EffectiveCost < 0 and coalesce(ChargeFrequency, 'One-Time') = 'One-Time' then 'refund'
            when CommitmentDiscountStatus = 'Unused' then 'unused_commitment'
            when days_without_work.node_id is not null then 'without_work'
            when x_CostKind in ('direct', 'idle') then 'usage'
        end as event_kind
    from charges
    left join days_without_work
        on days_without_work.billing_month = charges.x_BillingMonth
        and days_without_work.usage_date = charges.x_AllocationDate and days_without_work.node_id = charges.x_NodeId
),

event_charges as (
    select
        *,
        case
            when event_kind in ('credit', 'refund', 'correction') then concat_ws(' ', ServiceProviderName, ServiceName, ChargeDescription)
            when event_kind = 'unused_commitment' then coalesce(CommitmentDiscountId, ResourceId, SkuId, ServiceName)
            when event_kind is not null then coalesce(ResourceId, SkuId, ServiceName)
        end as event_item_id,
        cast(if(event_kind in ('usage', 'without_work') and ChargeCategory = 'Usage' and coalesce(PricingCategory, '') <> 'Dynamic',
            coalesce(ContractedUnitPrice, ListUnitPrice), null) as decimal(38,21)) as bill_unit_price,
        if(event_kind in ('usage', 'without_work'),
            {{ sku_key('ServiceProviderName', 'ServiceName', 'SkuId', 'PricingUnit', 'CommitmentDiscountStatus') }}, null) as sku_key
    from judged
){% endmacro %}

{# An amount of the month before, for the days of a month that the bills cover. Needs economics.billed_days as billed_days. #}
{% macro by_billed_days(amount, month) %}in_proportion(
    {{ amount }}, day(coalesce(billed_days.last_day, last_day({{ month }}))), day(last_day(add_months({{ month }}, -1)))
){% endmacro %}
