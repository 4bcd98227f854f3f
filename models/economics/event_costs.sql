with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
),

days_without_work as (
    select x_BillingMonth as billing_month, x_AllocationDate as usage_date, x_NodeId as node_id
    from charges
    where x_NodeId is not null
    group by all
    having sum(if(x_CostKind = 'idle', EffectiveCost, 0)) <> 0 and count_if(x_CostKind <> 'idle' and EffectiveCost <> 0) = 0
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
        end as kind,
        coalesce(get_json_object(SkuPriceDetails, '$.InstanceType'), SkuMeter, ServiceName) as sku_name,
        if(ChargePeriodEnd <= ChargePeriodStart + interval 1 day, x_AllocationDate, null) as day
    from charges
    left join days_without_work
        on days_without_work.billing_month = charges.x_BillingMonth
        and days_without_work.usage_date = charges.x_AllocationDate and days_without_work.node_id = charges.x_NodeId
),

named as (
    select
        *,
        kind in ('credit', 'refund', 'correction') as is_booking,
        kind = 'usage' as is_usage,
        kind = 'unused_commitment' as is_unused
    from judged
    where kind is not null
)

select
    x_BillingMonth as billing_month,
    x_TeamId as team_id,
    x_ProjectId as project_id,
    BillingCurrency as billing_currency,
    kind,
    case
        when is_booking then concat_ws(' ', ServiceProviderName, ServiceName, ChargeDescription)
        when is_unused then coalesce(CommitmentDiscountId, ResourceId, SkuId, ServiceName)
        else coalesce(ResourceId, SkuId, ServiceName)
    end as item_id,
    case
        when is_booking then coalesce(ChargeDescription, ServiceName)
        when is_unused then coalesce(CommitmentDiscountName, regexp_extract(CommitmentDiscountId, '[^/:]+$', 0))
        else coalesce(ResourceName, regexp_extract(ResourceId, '[^/:]+$', 0))
    end as item_name,
    if(is_booking, null, ResourceId) as resource_id,
    if(is_booking, null, sku_name) as sku_name,
    if(is_usage, ServiceProviderName, null) as provider,
    if(is_usage, ServiceName, null) as service,
    if(is_usage, SkuId, null) as sku_id,
    if(is_usage, PricingUnit, null) as pricing_unit,
    if(is_usage, CommitmentDiscountStatus, null) as commitment_status,
    if(is_usage and ChargeCategory = 'Usage' and coalesce(PricingCategory, '') <> 'Dynamic',
        coalesce(ContractedUnitPrice, ListUnitPrice), null) as unit_price,
    if(count(*) = count(day), min(day), null) as first_day,
    if(count(*) = count(day), max(day), null) as last_day,
    cast(if(count(*) = count(x_PricingQuantity), sum(x_PricingQuantity), null) as decimal(38,21)) as pricing_quantity,
    cast(sum(EffectiveCost) as decimal(38,21)) as effective_cost
from named
group by all
having sum(EffectiveCost) <> 0
