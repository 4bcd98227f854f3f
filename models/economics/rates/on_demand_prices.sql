select
    x_AllocationDate as usage_date,
    ServiceProviderName as provider,
    RegionId as region_id,
    get_json_object(SkuPriceDetails, '$.InstanceType') as instance_type,
    PricingUnit as pricing_unit,
    BillingCurrency as billing_currency,
    cast(sum(x_PricingQuantity) as decimal(38, 21)) as quantity,
    cast(sum(ContractedCost) as decimal(38, 21)) as contracted_cost
from {{ ref('allocation.allocated_charges') }}
where PricingCategory = 'Standard' and ChargeCategory = 'Usage' and get_json_object(SkuPriceDetails, '$.InstanceType') is not null
group by all
having sum(x_PricingQuantity) > 0 and sum(ContractedCost) > 0
