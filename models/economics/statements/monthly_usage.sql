with charges as (
    select
        *,
        x_CostKind in ('direct', 'idle') and ChargeCategory = 'Usage' as is_usage,
        x_CostKind = 'direct' and coalesce(CommitmentDiscountStatus = 'Unused', false) as is_unused
    from {{ ref('allocation.allocated_charges') }}
)

select
    x_BillingMonth as billing_month,
    x_TeamId as team_id,
    BillingCurrency as billing_currency,
    x_ProjectId as project_id,
    x_CostKind as cost_kind,
    is_unused,
    if(x_CostKind = 'shared', x_PoolId, null) as pool_id,
    if(x_CostKind = 'shared', null, ServiceProviderName) as provider,
    if(x_CostKind = 'shared', null, ServiceName) as service,
    if(is_usage, SkuId, null) as sku_id,
    if(is_usage, PricingUnit, null) as pricing_unit,
    if(is_usage, ResourceId, null) as resource_id,
    coalesce(
        max(if(is_usage, SkuMeter, null)),
        if(
            count_if((is_usage and SkuId is not null) or x_CostKind not in ('direct', 'credit') or ChargeDescription is null) = 0
            and min(ChargeDescription) = max(ChargeDescription), max(ChargeDescription), null
        )
    ) as sku_name,
    cast(if(count_if(not is_usage or x_PricingQuantity is null) = 0, sum(x_PricingQuantity), null) as decimal(38,21)) as pricing_quantity,
    cast(sum(EffectiveCost) as decimal(38,21)) as effective_cost
from charges
group by all
