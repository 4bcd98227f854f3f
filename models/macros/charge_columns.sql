{# The FOCUS columns of a charge that allocation does not change: all except the four costs and the Allocated columns.
   priced: the expression for PricingCurrencyEffectiveCost, for models that split it like the costs. #}
{% macro charge_columns(priced="PricingCurrencyEffectiveCost") %}AvailabilityZone, BillingAccountId, BillingAccountName, BillingAccountType, BillingCurrency, BillingPeriodEnd,
    BillingPeriodStart, CapacityReservationId, CapacityReservationStatus, ChargeCategory, ChargeClass,
    ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart, CommitmentDiscountCategory,
    CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity, CommitmentDiscountStatus,
    CommitmentDiscountType, CommitmentDiscountUnit, CommitmentProgramEligibilityDetails, ConsumedQuantity,
    ConsumedUnit, ContractApplied, ContractedUnitPrice, HostProviderName, InvoiceDetailId, InvoiceId,
    InvoiceIssuerName, ListUnitPrice, PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice,
    {{ priced }}, PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, RegionId, RegionName,
    ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceProviderName, ServiceSubcategory,
    SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags{% endmacro %}
