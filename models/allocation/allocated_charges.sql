with node_parts as (
    select * from {{ ref('allocation.node_split') }}
),

pool_parts as (
    select pool_split.*
    from {{ ref('allocation.pool_split') }} as pool_split
    left anti join node_parts on pool_split.x_ChargeId = node_parts.x_ChargeId
),

split as (
    select x_ChargeId, x_AllocationDate from node_parts
    union
    select x_ChargeId, x_AllocationDate from pool_parts
),

whole as (
    select charges.*
    from {{ ref('allocation.charge_days') }} as charges
    left anti join split
        on charges.x_ChargeId = split.x_ChargeId and charges.x_AllocationDate = split.x_AllocationDate
)

select
    cast(null as string) as AllocatedMethodDetails, cast(null as string) as AllocatedMethodId,
    cast(null as string) as AllocatedResourceId, cast(null as string) as AllocatedResourceName,
    cast(null as string) as AllocatedTags, AvailabilityZone, BilledCost, BillingAccountId, BillingAccountName,
    BillingAccountType, BillingCurrency, BillingPeriodEnd, BillingPeriodStart, CapacityReservationId,
    CapacityReservationStatus, ChargeCategory, ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd,
    ChargePeriodStart, CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName,
    CommitmentDiscountQuantity, CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit,
    CommitmentProgramEligibilityDetails, ConsumedQuantity, ConsumedUnit, ContractApplied, ContractedCost,
    ContractedUnitPrice, EffectiveCost, HostProviderName, InvoiceDetailId, InvoiceId, InvoiceIssuerName, ListCost,
    ListUnitPrice, PricingCategory, PricingCurrency, PricingCurrencyContractedUnitPrice,
    PricingCurrencyEffectiveCost, PricingCurrencyListUnitPrice, PricingQuantity, PricingUnit, RegionId, RegionName,
    ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName, ServiceProviderName, ServiceSubcategory,
    SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags, x_ChargeId,
    concat(x_ChargeId, '@', x_AllocationDate) as x_AllocationId, x_AllocationDate,
    to_date(date_trunc('month', BillingPeriodStart)) as x_BillingMonth, x_TeamId, x_ProjectId, x_Environment,
    cast(null as string) as x_WorkloadId, x_ModelId, x_CostKind, x_OwnerRuleId, x_PoolId, x_SourceId
from whole
union all
select
    AllocatedMethodDetails, AllocatedMethodId, AllocatedResourceId, AllocatedResourceId as AllocatedResourceName,
    AllocatedTags, AvailabilityZone, BilledCost, BillingAccountId, BillingAccountName, BillingAccountType,
    BillingCurrency, BillingPeriodEnd, BillingPeriodStart, CapacityReservationId, CapacityReservationStatus,
    ChargeCategory, ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity,
    CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit, CommitmentProgramEligibilityDetails,
    ConsumedQuantity, ConsumedUnit, ContractApplied, ContractedCost, ContractedUnitPrice, EffectiveCost,
    HostProviderName, InvoiceDetailId, InvoiceId, InvoiceIssuerName, ListCost, ListUnitPrice, PricingCategory,
    PricingCurrency, PricingCurrencyContractedUnitPrice, PricingCurrencyEffectiveCost, PricingCurrencyListUnitPrice,
    PricingQuantity, PricingUnit, RegionId, RegionName, ResourceId, ResourceName, ResourceType, ServiceCategory,
    ServiceName, ServiceProviderName, ServiceSubcategory, SkuId, SkuMeter, SkuPriceDetails, SkuPriceId,
    SubAccountId, SubAccountName, SubAccountType, Tags, x_ChargeId,
    concat(x_ChargeId, '@', x_AllocationDate, '@', receiver_id) as x_AllocationId, x_AllocationDate,
    to_date(date_trunc('month', BillingPeriodStart)) as x_BillingMonth, x_TeamId, x_ProjectId, x_Environment,
    x_WorkloadId, x_ModelId, x_CostKind, x_OwnerRuleId, x_PoolId, x_SourceId
from node_parts
union all
select
    AllocatedMethodDetails, AllocatedMethodId, AllocatedResourceId, AllocatedResourceId as AllocatedResourceName,
    AllocatedTags, AvailabilityZone, BilledCost, BillingAccountId, BillingAccountName, BillingAccountType,
    BillingCurrency, BillingPeriodEnd, BillingPeriodStart, CapacityReservationId, CapacityReservationStatus,
    ChargeCategory, ChargeClass, ChargeDescription, ChargeFrequency, ChargePeriodEnd, ChargePeriodStart,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName, CommitmentDiscountQuantity,
    CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit, CommitmentProgramEligibilityDetails,
    ConsumedQuantity, ConsumedUnit, ContractApplied, ContractedCost, ContractedUnitPrice, EffectiveCost,
    HostProviderName, InvoiceDetailId, InvoiceId, InvoiceIssuerName, ListCost, ListUnitPrice, PricingCategory,
    PricingCurrency, PricingCurrencyContractedUnitPrice, PricingCurrencyEffectiveCost, PricingCurrencyListUnitPrice,
    PricingQuantity, PricingUnit, RegionId, RegionName, ResourceId, ResourceName, ResourceType, ServiceCategory,
    ServiceName, ServiceProviderName, ServiceSubcategory, SkuId, SkuMeter, SkuPriceDetails, SkuPriceId,
    SubAccountId, SubAccountName, SubAccountType, Tags, x_ChargeId,
    concat(x_ChargeId, '@', x_AllocationDate, '@', receiver_id) as x_AllocationId, x_AllocationDate,
    to_date(date_trunc('month', BillingPeriodStart)) as x_BillingMonth, x_TeamId, x_ProjectId, x_Environment,
    x_WorkloadId, x_ModelId, x_CostKind, x_OwnerRuleId, x_PoolId, x_SourceId
from pool_parts
