{# The FOCUS columns of a charge that allocation keeps as they are: all but the costs and the Allocated ones. #}
{% macro charge_columns() %}AvailabilityZone, BillingAccountId, BillingAccountName, BillingAccountType, BillingCurrency, BillingPeriodEnd,
    BillingPeriodStart, CapacityReservationId, CapacityReservationStatus, ChargeCategory, ChargeClass,
    ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart, CommitmentDiscountCategory,
    CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity, CommitmentDiscountStatus,
    CommitmentDiscountType, CommitmentDiscountUnit, CommitmentProgramEligibilityDetails, ConsumedQuantity,
    ConsumedUnit, ContractApplied, ContractedUnitPrice, HostProviderName, InvoiceDetailId, InvoiceId,
    InvoiceIssuerName, ListUnitPrice, PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice,
    PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, RegionId, RegionName,
    ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceProviderName, ServiceSubcategory,
    SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags{% endmacro %}
