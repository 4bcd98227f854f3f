{% import "macros/commitments.sql" %}
select
    if(kind = 'split', to_json(named_struct('Elements', array(named_struct(
        'AllocatedRatio', cast(split_line_item_split_usage_ratio as decimal(38, 21)),
        'UsageUnit', unit,
        'UsageQuantity', cast(split_line_item_split_usage as decimal(38, 21)))))), null) as AllocatedMethodDetails,
    if(kind = 'split', 'aws-split-cost-allocation', null) as AllocatedMethodId,
    if(kind = 'split', line_item_resource_id, null) as AllocatedResourceId,
    if(kind = 'split', line_item_resource_id, null) as AllocatedResourceName,
    cast(null as string) as AllocatedTags,
    nullif(line_item_availability_zone, region) as AvailabilityZone,
    billed_cost as BilledCost,
    bill_payer_account_id as BillingAccountId,
    bill_payer_account_name as BillingAccountName,
    'Payer Account' as BillingAccountType,
    line_item_currency_code as BillingCurrency,
    billing_period_end as BillingPeriodEnd,
    billing_period_start as BillingPeriodStart,
    cast(null as string) as CapacityReservationId,
    cast(null as string) as CapacityReservationStatus,
    category as ChargeCategory,
    if(kind = 'refund' and charge_period_start < billing_period_start, 'Correction', null) as ChargeClass,
    line_item_line_item_description as ChargeDescription,
    case
        when kind = 'recurring_fee' then 'Recurring'
        when kind in ('usage', 'covered', 'unused', 'split', 'discount', 'negation') then 'Usage-Based'
        else 'One-Time'
    end as ChargeFrequency,
    coalesce(charge_period_end, billing_period_end) as ChargePeriodEnd,
    charge_period_start as ChargePeriodStart,
    {{ commitment_category() }} as CommitmentDiscountCategory,
    commitment_id as CommitmentDiscountId,
    cast(null as string) as CommitmentDiscountName,
    {{ commitment_quantity() }} as CommitmentDiscountQuantity,
    {{ commitment_status() }} as CommitmentDiscountStatus,
    if(commitment_id is null, null, if(is_plan, 'Savings Plan', 'Reserved Instance')) as CommitmentDiscountType,
    case
        when commitment_id is null or commitment_quantity is null then null
        when is_plan then line_item_currency_code
        when is_normalized then 'Normalized Hours'
        when kind = 'upfront_fee' then 'Hours'
        else coalesce(unit, 'Hours')
    end as CommitmentDiscountUnit,
    cast(null as string) as CommitmentProgramEligibilityDetails,
    if(kind in ('usage', 'covered'), usage_amount, null) as ConsumedQuantity,
    if(kind in ('usage', 'covered') and usage_amount is not null, coalesce(unit, 'Units'), null) as ConsumedUnit,
    cast(null as string) as ContractApplied,
    contracted_cost as ContractedCost,
    contracted_unit_price as ContractedUnitPrice,
    effective_cost as EffectiveCost,
    if(is_marketplace, coalesce(line_item_legal_entity, bill_billing_entity), 'AWS') as HostProviderName,
    cast(null as string) as InvoiceDetailId,
    bill_invoice_id as InvoiceId,
    coalesce(bill_invoicing_entity, bill_billing_entity, 'AWS') as InvoiceIssuerName,
    list_cost as ListCost,
    list_unit_price as ListUnitPrice,
    case
        when not is_priced then null
        when kind in ('covered', 'unused') then 'Committed'
        when is_spot then 'Dynamic'
        else 'Standard'
    end as PricingCategory,
    coalesce(pricing_currency, line_item_currency_code) as PricingCurrency,
    -- AWS does not deliver these values in the pricing currency if it differs from the billing currency.
    if(is_one_currency, contracted_unit_price, null) as PricingCurrencyContractedUnitPrice,
    if(is_one_currency, effective_cost, null) as PricingCurrencyEffectiveCost,
    if(is_one_currency, list_unit_price, null) as PricingCurrencyListUnitPrice,
    pricing_quantity as PricingQuantity,
    case
        when pricing_quantity is null then null
        when kind = 'unused' and is_plan then line_item_currency_code
        else coalesce(unit, 'Units')
    end as PricingUnit,
    coalesce(region_id, if(is_region_by_name, null, region)) as RegionId,
    region_name as RegionName,
    resource_id as ResourceId,
    cast(null as string) as ResourceName,
    resource_type as ResourceType,
    coalesce(service_category, 'Other') as ServiceCategory,
    coalesce(service_name, product_name, line_item_product_code, bill_billing_entity, 'AWS') as ServiceName,
    if(is_marketplace, coalesce(line_item_legal_entity, bill_billing_entity), 'AWS') as ServiceProviderName,
    coalesce(service_subcategory, 'Other (Other)') as ServiceSubcategory,
    if(kind = 'tax', null, sku_id) as SkuId,
    if(sku_id is null or kind = 'tax', null, line_item_usage_type) as SkuMeter,
    if(is_priced, price_details, null) as SkuPriceDetails,
    if(is_priced, sku_price_id, null) as SkuPriceId,
    line_item_usage_account_id as SubAccountId,
    line_item_usage_account_name as SubAccountName,
    if(line_item_usage_account_id is null, null, 'Linked Account') as SubAccountType,
    tags as Tags,
    concat_ws('/', _source_id, _delivery_id, _file_no, _row) || id_suffix as x_ChargeId,
    charge_date as x_ChargeDate,
    _source_id as x_SourceId,
    'aws-cur' as x_SourceKind,
    cast(null as string) as x_FocusVersion,
    _delivery_id as x_DeliveryId,
    _source_file as x_SourceFile,
    _row as x_SourceRow,
    source_changes as x_SourceChanges,
    line_item_line_item_type as x_LineItemType,
    line_item_usage_type as x_UsageType,
    line_item_operation as x_Operation,
    source_columns as x_SourceColumns
from {{ ref('focus.aws_details') }}
