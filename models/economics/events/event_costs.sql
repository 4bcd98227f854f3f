{% import "macros/events.sql" %}with charges as (
    select * from {{ ref('allocation.allocated_charges') }}
),

{{ event_charges() }},

named as (
    select
        *,
        event_kind in ('credit', 'refund', 'correction') as is_booking,
        event_kind in ('usage', 'without_work') as is_usage,
        event_kind = 'unused_commitment' as is_unused,
        coalesce(get_json_object(SkuPriceDetails, '$.InstanceType'), SkuMeter, ServiceName) as sku_name,
        if(ChargePeriodEnd <= ChargePeriodStart + interval 1 day, x_AllocationDate, null) as day
    from event_charges
),

-- a reservation was not used whole on days with less use than on others
uses as (
    select
        x_BillingMonth, BillingCurrency, CommitmentDiscountId, x_AllocationDate as used_day, sum(x_PricingQuantity) as quantity
    from charges
    where
        CommitmentDiscountStatus = 'Used' and CommitmentDiscountCategory = 'Usage'
        and ChargePeriodEnd <= ChargePeriodStart + interval 1 day
    group by all
),

days_left as (
    select
        x_BillingMonth, BillingCurrency, CommitmentDiscountId,
        array_except(
            sequence(x_BillingMonth, last_day(x_BillingMonth)), array_sort(collect_set(if(quantity = most, used_day, null)))
        ) as days
    from (
        select *, max(quantity) over (partition by x_BillingMonth, BillingCurrency, CommitmentDiscountId) as most
        from uses
    )
    group by all
),

unused_days as (
    select /*+ broadcast(days_left) */
        named.*,
        if(is_unused and day is null and size(days) = datediff(array_max(days), array_min(days)) + 1, days, null) as days
    from named
    left join days_left
        on named.is_unused and days_left.x_BillingMonth = named.x_BillingMonth
        and days_left.BillingCurrency = named.BillingCurrency
        and days_left.CommitmentDiscountId = named.CommitmentDiscountId
    where event_kind is not null
)

select
    x_BillingMonth as billing_month,
    x_TeamId as team_id,
    x_ProjectId as project_id,
    BillingCurrency as billing_currency,
    event_kind as kind,
    event_item_id as item_id,
    case
        when is_booking then coalesce(ChargeDescription, ServiceName)
        when is_unused then coalesce(
            CommitmentDiscountName, nullif(concat_ws(' in ', CommitmentDiscountType, RegionId), ''),
            regexp_extract(CommitmentDiscountId, '[^/:]+$', 0)
        )
        else coalesce(ResourceName, regexp_extract(ResourceId, '[^/:]+$', 0))
    end as item_name,
    if(is_booking, null, ResourceId) as resource_id,
    if(is_booking or (is_unused and CommitmentDiscountName is not null), null, sku_name) as sku_name,
    if(is_usage, ServiceProviderName, null) as provider,
    if(is_usage, ServiceName, null) as service,
    if(is_usage, SkuId, null) as sku_id,
    if(is_usage, PricingUnit, null) as pricing_unit,
    if(is_usage, CommitmentDiscountStatus, null) as commitment_status,
    if(is_usage and CommitmentDiscountStatus = 'Used', CommitmentDiscountId, null) as commitment_id,
    bill_unit_price as unit_price,
    coalesce(min(array_min(days)), if(count(*) = count(day), min(day), null)) as first_day,
    coalesce(max(array_max(days)), if(count(*) = count(day), max(day), null)) as last_day,
    cast(if(count(*) = count(x_PricingQuantity), sum(x_PricingQuantity), null) as decimal(38,21)) as pricing_quantity,
    cast(sum(EffectiveCost) as decimal(38,21)) as effective_cost
from unused_days
group by all
having sum(EffectiveCost) <> 0
