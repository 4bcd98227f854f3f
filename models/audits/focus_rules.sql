{% import "macros/ends.sql" %}
with charges as (
    select
        *,
        ChargeCategory in ('Usage', 'Purchase') and ChargeClass is null as is_new_use_or_purchase
    from {{ ref('focus.cost_and_usage') }}
),

broken as (
    select
        x_SourceId,
        x_ChargeId,
        explode(compact(array(
            if(AllocatedMethodId is null and coalesce(AllocatedMethodDetails, AllocatedResourceId, AllocatedTags)
                is not null, 'CAU-AllocatedMethodId-T-005', null),
            if((AllocatedResourceId is null) <> (AllocatedResourceName is null), 'CAU-AllocatedResourceName-T-005', null),
            if(not BillingCurrency rlike '^[A-Z]{3}$', 'CAU-BillingCurrency-T-003', null),
            if(BillingAccountType is null, 'CAU-BillingAccountType-T-005', null),
            if(CapacityReservationId is null and CapacityReservationStatus is not null,
                'CAU-CapacityReservationStatus-T-003', null),
            if(CapacityReservationId is not null and ChargeCategory = 'Usage' and CapacityReservationStatus is null,
                'CAU-CapacityReservationStatus-T-004', null),
            if(CapacityReservationStatus not in ('Used', 'Unused'), 'CAU-CapacityReservationStatus-T-006', null),
            if(ChargeDescription is null, 'CAU-ChargeDescription-T-003', null),
            if(ChargeFrequency = 'Usage-Based' and ChargeCategory = 'Purchase', 'CAU-ChargeFrequency-T-004', null),
            if({{ is_last_second("BillingPeriodEnd") }}, 'CAU-BillingPeriodEnd-T-004', null),
            if(ChargePeriodEnd <= ChargePeriodStart or {{ is_last_second("ChargePeriodEnd") }},
                'CAU-ChargePeriodEnd-T-004', null),
            if((CommitmentDiscountId is null) <> (CommitmentDiscountCategory is null),
                'CAU-CommitmentDiscountCategory-T-004', null),
            if(CommitmentDiscountCategory not in ('Spend', 'Usage'), 'CAU-CommitmentDiscountCategory-T-005', null),
            if((CommitmentDiscountId is null) <> (CommitmentDiscountType is null),
                'CAU-CommitmentDiscountType-T-005', null),
            if(CommitmentDiscountId is null and CommitmentDiscountName is not null,
                'CAU-CommitmentDiscountName-T-004', null),
            if(CommitmentDiscountId is null and CommitmentDiscountStatus is not null,
                'CAU-CommitmentDiscountStatus-T-003', null),
            if(CommitmentDiscountId is not null and ChargeCategory = 'Usage' and CommitmentDiscountStatus is null,
                'CAU-CommitmentDiscountStatus-T-004', null),
            if(CommitmentDiscountStatus not in ('Used', 'Unused'), 'CAU-CommitmentDiscountStatus-T-005', null),
            if(CommitmentDiscountStatus = 'Unused' and not (ResourceId <=> CommitmentDiscountId),
                'CAU-CommitmentDiscountId-T-009', null),
            if(is_new_use_or_purchase and CommitmentDiscountId is not null and CommitmentDiscountQuantity is null,
                'CAU-CommitmentDiscountQuantity-T-006', null),
            if((CommitmentDiscountQuantity is null) <> (CommitmentDiscountUnit is null),
                'CAU-CommitmentDiscountUnit-T-006', null),
            if(ConsumedQuantity is not null and (ChargeCategory <> 'Usage' or CommitmentDiscountStatus <=> 'Unused'),
                'CAU-ConsumedQuantity-T-005', null),
            if((ConsumedQuantity is null) <> (ConsumedUnit is null), 'CAU-ConsumedUnit-T-006', null),
            if(abs(ContractedUnitPrice * PricingQuantity - ContractedCost) > 0.00001, 'CAU-ContractedCost-T-008', null),
            if(is_new_use_or_purchase and ContractedUnitPrice is null, 'CAU-ContractedUnitPrice-T-007', null),
            if(ContractedUnitPrice < 0, 'CAU-ContractedUnitPrice-T-010', null),
            if(ChargeCategory = 'Tax' and coalesce(ContractedUnitPrice, ListUnitPrice) is not null,
                'CAU-ListUnitPrice-T-005', null),
            if(ChargeCategory in ('Tax', 'Credit') and EffectiveCost <> BilledCost, 'CAU-EffectiveCost-T-008', null),
            if(ChargeCategory = 'Usage' and CommitmentDiscountId is null and EffectiveCost <> BilledCost,
                'CAU-EffectiveCost-T-006', null),
            if(ChargeCategory = 'Purchase' and CommitmentDiscountId is not null and EffectiveCost <> 0,
                'CAU-EffectiveCost-T-011', null),
            if(CommitmentDiscountStatus is not null and BilledCost <> 0, 'CAU-BilledCost-T-007', null),
            if(HostProviderName is null and ChargeCategory in ('Usage', 'Purchase'), 'CAU-HostProviderName-T-006', null),
            if(abs(ListUnitPrice * PricingQuantity - ListCost) > 0.00001, 'CAU-ListCost-T-008', null),
            if(is_new_use_or_purchase and ListUnitPrice is null, 'CAU-ListUnitPrice-T-007', null),
            if(ListUnitPrice < 0, 'CAU-ListUnitPrice-T-010', null),
            if(ChargeCategory = 'Credit' and (ListCost <> BilledCost or ContractedCost <> BilledCost),
                'CAU-ListCost-T-007', null),
            if(PricingCategory is not null and ChargeCategory = 'Tax', 'CAU-PricingCategory-T-004', null),
            if(is_new_use_or_purchase and PricingCategory is null, 'CAU-PricingCategory-T-005', null),
            if(PricingCategory not in ('Standard', 'Dynamic', 'Committed', 'Other'), 'CAU-PricingCategory-T-008', null),
            if(CommitmentDiscountStatus is not null and PricingCategory <> 'Committed',
                'CAU-PricingCategory-T-010', null),
            if(PricingQuantity is not null and ChargeCategory = 'Tax', 'CAU-PricingQuantity-T-005', null),
            if(is_new_use_or_purchase and PricingQuantity is null, 'CAU-PricingQuantity-T-006', null),
            if((PricingQuantity is null) <> (PricingUnit is null), 'CAU-PricingUnit-T-006', null),
            if((RegionId is null) <> (RegionName is null), 'CAU-RegionName-T-005', null),
            if(ResourceId is null and ResourceName is not null, 'CAU-ResourceName-T-004', null),
            if((ResourceId is null) <> (ResourceType is null), 'CAU-ResourceType-T-005', null),
            if(ServiceSubcategory is null, 'CAU-ServiceSubcategory-T-002', null),
            if(ChargeCategory = 'Tax' and SkuId is not null, 'CAU-SkuId-T-004', null),
            if(is_new_use_or_purchase and SkuId is null, 'CAU-SkuId-T-005', null),
            if(SkuId is null and SkuMeter is not null, 'CAU-SkuMeter-T-004', null),
            if(SkuPriceId is null and SkuPriceDetails is not null, 'CAU-SkuPriceDetails-T-006', null),
            if(ChargeCategory = 'Tax' and SkuPriceId is not null, 'CAU-SkuPriceId-T-004', null),
            if(is_new_use_or_purchase and SkuPriceId is null, 'CAU-SkuPriceId-T-005', null),
            if((SubAccountId is null) <> (SubAccountType is null), 'CAU-SubAccountType-T-005', null),
            if(array_contains(array(BillingAccountName, ChargeDescription, InvoiceId, ResourceId, RegionId, SkuId,
                SkuPriceId, SubAccountName, Tags), ''), 'NullHandling', null)
        ))) as rule_id
    from charges
)

select
    rule_id,
    x_SourceId,
    count(*) as charges,
    min(x_ChargeId) as example_charge_id
from broken
group by rule_id, x_SourceId
