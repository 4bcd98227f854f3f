{% import "macros/sku_names.sql" %}{% import "macros/meters.sql" %}with charges as (
    select *, if(is_usage, {{ sku_words() }}, null) as sku_words from {{ ref('economics.change_charges') }}
),

{{ listed_models(source('reference.token_prices')) }},

usage as (
    select
        x_BillingMonth as billing_month,
        x_TeamId as team_id,
        BillingCurrency as billing_currency,
        x_ProjectId as project_id,
        x_CostKind as cost_kind,
        is_unused,
        item_kind,
        item_pool_id as pool_id,
        item_provider as provider,
        item_service as service,
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
        max(if(sku_words is null, null, struct(x_AllocationDate, sku_words))).sku_words as sku_description,
        cast(if(count_if(not is_usage or x_PricingQuantity is null) = 0, sum(x_PricingQuantity), null) as decimal(38,21)) as pricing_quantity,
        cast(sum(EffectiveCost) as decimal(38,21)) as effective_cost
    from charges
    group by all
)

-- where the bill has no words for a meter, the price list of a vendor may have some
select
    billing_month, team_id, billing_currency, project_id, cost_kind, is_unused, item_kind, pool_id, provider, service, sku_id, pricing_unit,
    resource_id, sku_name,
    coalesce(sku_description, if(sku_id is null, null, {{ listed_words("sku_name") }})) as sku_description,
    pricing_quantity,
    effective_cost
from usage
cross join listed_models
