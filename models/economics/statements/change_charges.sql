with charges as (
    select
        *,
        x_CostKind in ('direct', 'idle') and ChargeCategory = 'Usage' as is_usage,
        x_CostKind = 'direct' and coalesce(CommitmentDiscountStatus = 'Unused', false) as is_unused
    from {{ ref('allocation.allocated_charges') }}
)

select
    *,
    case
        when is_unused then 'unused_commitment'
        when x_CostKind = 'shared' then 'pool'
        when x_CostKind = 'direct' or (is_usage and SkuId is not null) then 'usage'
        else x_CostKind
    end as item_kind,
    if(x_CostKind = 'shared', x_PoolId, null) as item_pool_id,
    if(x_CostKind = 'shared', null, ServiceProviderName) as item_provider,
    if(x_CostKind = 'shared', null, ServiceName) as item_service,
    if(is_usage and not is_unused, SkuId, null) as item_sku_id,
    if(is_usage and not is_unused, PricingUnit, null) as item_pricing_unit
from charges
