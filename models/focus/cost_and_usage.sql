with charges as (
    {{ every_charge() }}
)

select
    AllocatedMethodDetails, AllocatedMethodId, AllocatedResourceId, AllocatedResourceName, AllocatedTags,
    AvailabilityZone, BilledCost, BillingAccountId, BillingAccountName, BillingAccountType, BillingCurrency,
    BillingPeriodEnd, BillingPeriodStart, CapacityReservationId, CapacityReservationStatus, ChargeCategory,
    ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity,
    CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit,
    CommitmentProgramEligibilityDetails, ConsumedQuantity, ConsumedUnit, ContractApplied, ContractedCost,
    ContractedUnitPrice, EffectiveCost, HostProviderName, InvoiceDetailId, InvoiceId, InvoiceIssuerName,
    ListCost, ListUnitPrice, PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice,
    PricingCurrencyEffectiveCost, PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, RegionId,
    RegionName, ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceProviderName,
    ServiceSubcategory, SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName,
    SubAccountType, Tags, x_ChargeId, x_ChargeDate, x_SourceId, x_SourceKind, x_FocusVersion, x_DeliveryId,
    x_SourceFile, x_SourceRow, x_SourceChanges, x_LineItemType, x_UsageType, x_Operation, x_SourceColumns
from charges
