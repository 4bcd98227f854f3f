{% import "macros/commitments.sql" %}
select
    cast(null as string) as AllocatedMethodDetails,
    cast(null as string) as AllocatedMethodId,
    cast(null as string) as AllocatedResourceId,
    cast(null as string) as AllocatedResourceName,
    cast(null as string) as AllocatedTags,
    AvailabilityZone,
    billed_cost as BilledCost,
    coalesce(if(is_mca, BillingProfileId, null), BillingAccountId, BillingProfileId, subscription_id, _source_id) as BillingAccountId,
    coalesce(if(is_mca, BillingProfileName, null), BillingAccountName, BillingProfileName) as BillingAccountName,
    case
        when is_mca and BillingProfileId is not null then 'Billing Profile'
        when coalesce(BillingAccountId, BillingProfileId) is not null then 'Billing Account'
        else 'Subscription'
    end as BillingAccountType,
    BillingCurrency,
    cast(billing_period_end as timestamp) as BillingPeriodEnd,
    cast(billing_period_start as timestamp) as BillingPeriodStart,
    capacity_reservation_id as CapacityReservationId,
    case
        when capacity_reservation_id is null or category <> 'Usage' then null
        when type_id like '%/capacityreservations' then 'Unused'
        else 'Used'
    end as CapacityReservationStatus,
    category as ChargeCategory,
    if(kind in ('refund', 'commitment_refund'), 'Correction', null) as ChargeClass,
    coalesce(ProductName, nullif(concat_ws(' - ', MeterCategory, MeterSubCategory, MeterName), ''), ChargeType) as ChargeDescription,
    case
        when Frequency = 'Recurring' then 'Recurring'
        when category = 'Usage' then 'Usage-Based'
        when Frequency = 'UsageBased' and category <> 'Purchase' then 'Usage-Based'
        else 'One-Time'
    end as ChargeFrequency,
    cast(date_add(usage_date, 1) as timestamp) as ChargePeriodEnd,
    cast(usage_date as timestamp) as ChargePeriodStart,
    {{ commitment_category() }} as CommitmentDiscountCategory,
    commitment_id as CommitmentDiscountId,
    if(commitment_id is null, null, commitment_name) as CommitmentDiscountName,
    {{ commitment_quantity() }} as CommitmentDiscountQuantity,
    {{ commitment_status() }} as CommitmentDiscountStatus,
    if(commitment_id is null, null, if(is_plan, 'Savings Plan', 'Reservation')) as CommitmentDiscountType,
    case
        when commitment_id is null or commitment_quantity is null then null
        when is_plan then BillingCurrency
        when kind = 'commitment_purchase' then 'Hours'
        else unit
    end as CommitmentDiscountUnit,
    cast(null as string) as CommitmentProgramEligibilityDetails,
    consumed_quantity as ConsumedQuantity,
    if(consumed_quantity is null, null, unit) as ConsumedUnit,
    cast(null as string) as ContractApplied,
    contracted_cost as ContractedCost,
    contracted_unit_price as ContractedUnitPrice,
    effective_cost as EffectiveCost,
    if(resource_id is null, coalesce(other_provider, 'Microsoft'), 'Microsoft') as HostProviderName,
    cast(null as string) as InvoiceDetailId,
    InvoiceId,
    coalesce(PartnerName, 'Microsoft') as InvoiceIssuerName,
    list_cost as ListCost,
    list_unit_price as ListUnitPrice,
    case
        when not is_priced then null
        when kind in ('covered', 'unused') then 'Committed'
        when is_spot then 'Dynamic'
        when coalesce(pricing_model, 'ondemand') in ('ondemand', 'reservation', 'savingsplan', 'savingsplans') then 'Standard'
        else 'Other'
    end as PricingCategory,
    pricing_currency as PricingCurrency,
    if(is_one_currency, contracted_unit_price, cast(quotient(contracted_unit_price, exchange_rate, 21) as decimal(38, 21)))
        as PricingCurrencyContractedUnitPrice,
    if(is_one_currency, effective_cost, pricing_effective_cost) as PricingCurrencyEffectiveCost,
    if(is_one_currency, list_unit_price, cast(quotient(list_unit_price, exchange_rate, 21) as decimal(38, 21)))
        as PricingCurrencyListUnitPrice,
    pricing_quantity as PricingQuantity,
    if(pricing_quantity is null, null, pricing_unit) as PricingUnit,
    region_id as RegionId,
    region_name as RegionName,
    resource_id as ResourceId,
    resource_name as ResourceName,
    resource_type as ResourceType,
    coalesce(service_category, 'Other') as ServiceCategory,
    service_name as ServiceName,
    coalesce(other_provider, 'Microsoft') as ServiceProviderName,
    coalesce(service_subcategory, 'Other (Other)') as ServiceSubcategory,
    if(kind = 'tax', null, sku_id) as SkuId,
    if(sku_id is null or kind = 'tax', null, MeterName) as SkuMeter,
    if(is_priced, price_details, null) as SkuPriceDetails,
    if(is_priced, sku_price_id, null) as SkuPriceId,
    subscription_id as SubAccountId,
    SubscriptionName as SubAccountName,
    if(subscription_id is null, null, 'Subscription') as SubAccountType,
    tags as Tags,
    concat_ws('/', _source_id, _delivery_id, _file_no, _row) as x_ChargeId,
    usage_date as x_ChargeDate,
    _source_id as x_SourceId,
    'azure' as x_SourceKind,
    cast(null as string) as x_FocusVersion,
    _delivery_id as x_DeliveryId,
    _source_file as x_SourceFile,
    _row as x_SourceRow,
    source_changes as x_SourceChanges,
    ChargeType as x_LineItemType,
    nullif(concat_ws(':', MeterSubCategory, MeterName), '') as x_UsageType,
    cast(null as string) as x_Operation,
    source_columns as x_SourceColumns
from {{ ref('focus.azure_details') }}
