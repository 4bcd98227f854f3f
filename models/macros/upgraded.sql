{# Charges in FOCUS 1.4, from rows of text in the columns of any version from 1.0 on: values have types, and missing values are filled in.
   id_suffix distinguishes the charges of one delivered line; null if there is only one. #}
{% macro upgraded(relation, kind, id_suffix="cast(null as string)") %}{% import "macros/period_ends.sql" %}select
    AllocatedMethodDetails, AllocatedMethodId, AllocatedResourceId, AllocatedResourceName, AllocatedTags,
    AvailabilityZone,
    billed_cost as BilledCost,
    BillingAccountId, BillingAccountName, BillingAccountType, BillingCurrency,
    {{ exclusive_end("billing_period_end") }} as BillingPeriodEnd,
    cast(coalesce(BillingPeriodStart, cast(_billing_period as string)) as timestamp) as BillingPeriodStart,
    CapacityReservationId, CapacityReservationStatus, ChargeCategory, ChargeClass, ChargeDescription,
    ChargeFrequency,
    {{ exclusive_end("charge_period_end") }} as ChargePeriodEnd,
    cast(ChargePeriodStart as timestamp) as ChargePeriodStart,
    CommitmentDiscountCategory, CommitmentDiscountId, CommitmentDiscountName,
    cast(CommitmentDiscountQuantity as decimal(38, 21)) as CommitmentDiscountQuantity,
    CommitmentDiscountStatus, CommitmentDiscountType, CommitmentDiscountUnit,
    CommitmentProgramEligibilityDetails,
    cast(ConsumedQuantity as decimal(38, 21)) as ConsumedQuantity,
    ConsumedUnit,
    ContractApplied,
    coalesce(contracted_cost, billed_cost) as ContractedCost,
    cast(ContractedUnitPrice as decimal(38, 21)) as ContractedUnitPrice,
    coalesce(effective_cost, billed_cost) as EffectiveCost,
    coalesce(HostProviderName, service_provider_name) as HostProviderName,
    InvoiceDetailId, InvoiceId,
    coalesce(InvoiceIssuerName, service_provider_name) as InvoiceIssuerName,
    coalesce(list_cost, contracted_cost, billed_cost) as ListCost,
    cast(ListUnitPrice as decimal(38, 21)) as ListUnitPrice,
    PricingCategory,
    coalesce(PricingCurrency, BillingCurrency) as PricingCurrency,
    cast(coalesce(PricingCurrencyContractedUnitPrice, if(is_one_currency, ContractedUnitPrice, null)) as decimal(38, 21))
        as PricingCurrencyContractedUnitPrice,
    cast(coalesce(PricingCurrencyEffectiveCost, if(is_one_currency, coalesce(EffectiveCost, BilledCost), null))
        as decimal(38, 21)) as PricingCurrencyEffectiveCost,
    cast(coalesce(PricingCurrencyListUnitPrice, if(is_one_currency, ListUnitPrice, null)) as decimal(38, 21))
        as PricingCurrencyListUnitPrice,
    cast(PricingQuantity as decimal(38, 21)) as PricingQuantity,
    PricingUnit, RegionId, RegionName, ResourceId, ResourceName, ResourceType, ServiceCategory, ServiceName,
    service_provider_name as ServiceProviderName,
    coalesce(ServiceSubcategory, 'Other (' || ServiceCategory || ')') as ServiceSubcategory,
    SkuId, SkuMeter, SkuPriceDetails, SkuPriceId, SubAccountId, SubAccountName, SubAccountType, Tags,
    concat_ws('/', _source_id, _delivery_id, _file_no, _row, {{ id_suffix }}) as x_ChargeId,
    cast(cast(ChargePeriodStart as timestamp) as date) as x_ChargeDate,
    _source_id as x_SourceId,
    '{{ kind }}' as x_SourceKind,
    _focus_version as x_FocusVersion,
    _delivery_id as x_DeliveryId,
    _source_file as x_SourceFile,
    _row as x_SourceRow,
    concat(coalesce(_repairs, array()), compact(array(
        case
            when ServiceProviderName is not null then null
            when ProviderName is not null then 'service_provider_name_from_provider_name'
            when _provider_hint is not null then 'service_provider_name_from_configuration'
        end,
        if(HostProviderName is null, 'host_provider_name_from_service_provider_name', null),
        if(InvoiceIssuerName is null, 'invoice_issuer_name_from_service_provider_name', null),
        if(BillingPeriodStart is null or BillingPeriodEnd is null, 'billing_period_from_delivery', null),
        if({{ is_last_second("billing_period_end") }}, 'billing_period_end_made_exclusive', null),
        if({{ is_last_second("charge_period_end") }}, 'charge_period_end_made_exclusive', null),
        if(PricingCurrency is null, 'pricing_currency_from_billing_currency', null),
        if(PricingCurrencyEffectiveCost is null and is_one_currency, 'pricing_currency_costs_from_billing_currency', null),
        if(ServiceSubcategory is null, 'service_subcategory_other', null),
        if(contracted_cost is null, 'contracted_cost_from_billed_cost', null),
        if(effective_cost is null, 'effective_cost_from_billed_cost', null),
        if(list_cost is null, 'list_cost_from_contracted_cost', null)
    ))) as x_SourceChanges,
    cast(null as string) as x_LineItemType,
    cast(null as string) as x_UsageType,
    cast(null as string) as x_Operation,
    with_values(
        coalesce(native, map()), array('ProviderName', 'PublisherName'), array(ProviderName, PublisherName)
    ) as x_SourceColumns
from (
    select
        *,
        cast(BilledCost as decimal(38, 21)) as billed_cost,
        cast(EffectiveCost as decimal(38, 21)) as effective_cost,
        cast(ListCost as decimal(38, 21)) as list_cost,
        cast(ContractedCost as decimal(38, 21)) as contracted_cost,
        cast(coalesce(BillingPeriodEnd, cast(add_months(_billing_period, 1) as string)) as timestamp) as billing_period_end,
        cast(ChargePeriodEnd as timestamp) as charge_period_end,
        coalesce(ServiceProviderName, ProviderName, _provider_hint) as service_provider_name,
        coalesce(PricingCurrency, BillingCurrency) = BillingCurrency as is_one_currency
    from {{ relation }}
) as delivered{% endmacro %}
