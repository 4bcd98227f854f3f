-- A translation of models/focus to DuckDB. It reads the view bill and computes the same texts and decimals. Where the models look
-- up a value, and for the row of the unused part of a commitment, it joins. It does the same work as the models on the same files;
-- it is not an independent check of the mapping.
create macro money(text) as cast(text as decimal(38, 21));
create macro member(name, value) as '"' || name || '":' || to_json(value);

-- An end at the last second of a day includes this second.
create macro is_last_second(time) as cast(floor(epoch(time)) as bigint) % 86400 = 86399;
create macro exclusive_end(time) as
    if(is_last_second(time), date_trunc('second', time) + interval 1 second, time);

-- DuckDB divides decimals as doubles. This divides whole numbers instead and gives eighteen decimal places.
create macro whole(amount) as cast(cast(amount as decimal(20, 12)) * 1000000000000 as hugeint);
create macro quotient(amount, other) as
    cast((2000000000000000000 * whole(amount) + whole(other)) // (2 * whole(other)) as decimal(38, 0)) * 0.000000000000000001;

-- Divides amounts that are not negative and have at most twelve decimal places. Gives twenty-one decimal places, computed seven at
-- a time; rounds the last one half up.
create macro units(amount) as cast(cast(amount as decimal(28, 12)) * 1000000000000 as hugeint);
create macro seven(part, divisor) as part * 10000000 // divisor;
create macro rest(part, divisor) as part * 10000000 % divisor;
create macro digits(whole, first, second, third, last, divisor) as
    cast(whole as decimal(38, 21))
    + cast(first as decimal(7, 0)) * 0.0000001
    + cast(second as decimal(7, 0)) * 0.00000000000001
    + cast(third + if(2 * last >= divisor, 1, 0) as decimal(8, 0)) * 0.000000000000000000001;
create macro divided_units(amount, divisor) as digits(
    amount // divisor,
    seven(amount % divisor, divisor),
    seven(rest(amount % divisor, divisor), divisor),
    seven(rest(rest(amount % divisor, divisor), divisor), divisor),
    rest(rest(rest(amount % divisor, divisor), divisor), divisor),
    divisor
);
create macro divided(amount, divisor) as divided_units(units(amount), units(divisor));

-- The entries of x_SourceColumns: what rows without a price have instead of one, and the delivered amounts of rows whose FOCUS costs
-- may differ from them. A generated bill has no other column that the models do not list.
set variable kept = [
    'line_item_usage_amount', 'pricing_rate_code', 'pricing_rate_id', 'pricing_public_on_demand_cost',
    'pricing_public_on_demand_rate', 'product_sku', 'line_item_unblended_cost', 'line_item_unblended_rate',
    'line_item_net_unblended_cost', 'line_item_net_unblended_rate', 'line_item_tax_type'
];

create view products as
select
    *,
    product['availability_zone'] as product_availability_zone,
    product['database_engine'] as product_database_engine,
    product['deployment_option'] as product_deployment_option,
    product['gpu'] as product_gpu,
    product['gpu_memory'] as product_gpu_memory,
    product['group'] as product_group,
    product['group_description'] as product_group_description,
    product['instance_type_family'] as product_instance_type_family,
    product['license_model'] as product_license_model,
    product['memory'] as product_memory,
    product['operating_system'] as product_operating_system,
    product['physical_processor'] as product_physical_processor,
    product['product_name'] as product_product_name,
    product['region'] as product_region,
    product['servicename'] as product_servicename,
    product['storage_class'] as product_storage_class,
    product['storage_media'] as product_storage_media,
    product['tenancy'] as product_tenancy,
    product['transfer_type'] as product_transfer_type,
    product['vcpu'] as product_vcpu,
    product['volume_type'] as product_volume_type
from bill;

create table parts as from (values (false, ''), (true, ''), (true, '/unused')) as parts (has_unused, part);

create view places as
select region_id as region, region_id, region_name from aws_regions
union all
select region_name, region_id, region_name from aws_regions;

-- Assigns the remainder of a savings plan's day to its first negation line, or to the first covered usage line if there is none.
create view residuals as
select bearer.file_no, bearer.source_row, residual_cost
from (
    select
        arg_min(
            {'file_no': file_no, 'source_row': source_row},
            (line_item_line_item_type = 'SavingsPlanCoveredUsage', file_no, source_row)
        ) as bearer,
        sum(money(coalesce(line_item_net_unblended_cost, line_item_unblended_cost))) as residual_cost
    from bill
    where line_item_line_item_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
    group by
        cast(line_item_usage_start_date as date),
        bill_billing_period_start_date,
        line_item_currency_code,
        line_item_usage_account_id,
        savings_plan_savings_plan_a_r_n
)
where residual_cost <> 0;

-- Whether every covered usage line and recurring fee of a plan or reservation has its amortised cost. A fee alone does not decide.
create view commitments as
select
    line_item_line_item_type like 'SavingsPlan%' as is_of_plan,
    coalesce(if(is_of_plan, savings_plan_savings_plan_a_r_n, reservation_reservation_a_r_n), '') as commitment,
    coalesce(bool_and(if(split_line_item_parent_resource_id is not null, null, case line_item_line_item_type
        when 'SavingsPlanCoveredUsage' then coalesce(
            savings_plan_net_savings_plan_effective_cost, savings_plan_savings_plan_effective_cost) is not null
        when 'DiscountedUsage' then coalesce(reservation_net_effective_cost, reservation_effective_cost) is not null
        when 'RIFee' then coalesce(reservation_net_unused_amortized_upfront_fee_for_billing_period,
                reservation_unused_amortized_upfront_fee_for_billing_period) is not null
            and coalesce(reservation_net_unused_recurring_fee, reservation_unused_recurring_fee) is not null
        when 'SavingsPlanRecurringFee' then savings_plan_total_commitment_to_date is not null
            and savings_plan_used_commitment is not null
    end)), false) as is_amortised,
    bool_or((line_item_line_item_type like '%Fee') and line_item_net_unblended_cost <> line_item_unblended_cost) as is_discounted
from bill
where line_item_line_item_type like 'SavingsPlan%'
    or line_item_line_item_type in ('DiscountedUsage', 'RIFee')
    or (line_item_line_item_type = 'Fee' and reservation_reservation_a_r_n is not null)
group by all;

create view charges as
with lines as (
    select
        *,
        line_item_line_item_type as line_type,
        money(line_item_unblended_cost) as unblended_cost,
        money(coalesce(line_item_net_unblended_cost, line_item_unblended_cost)) as native_cost,
        case
            when line_type = 'SavingsPlanRecurringFee' then
                money(savings_plan_total_commitment_to_date) - money(savings_plan_used_commitment)
            when line_type = 'RIFee' then
                money(coalesce(
                    reservation_net_unused_amortized_upfront_fee_for_billing_period,
                    reservation_unused_amortized_upfront_fee_for_billing_period
                ))
                + money(coalesce(reservation_net_unused_recurring_fee, reservation_unused_recurring_fee))
        end as unused_commitment,
        money(case line_type
            when 'SavingsPlanCoveredUsage' then
                coalesce(savings_plan_net_savings_plan_effective_cost, savings_plan_savings_plan_effective_cost)
            when 'DiscountedUsage' then coalesce(reservation_net_effective_cost, reservation_effective_cost)
        end) as covered_cost,
        money(pricing_public_on_demand_cost) as native_list_cost,
        money(pricing_public_on_demand_rate) as list_rate,
        try_cast(if(line_item_net_unblended_cost is null, line_item_unblended_rate, line_item_net_unblended_rate)
            as decimal(38, 21)) as native_rate,
        money(discount_total_discount) as discount_cost,
        money(line_item_usage_amount) as usage_amount,
        savings_plan_savings_plan_a_r_n as plan_arn,
        reservation_reservation_a_r_n as reservation_arn,
        plan_arn is not null as is_plan,
        line_type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') as is_netted,
        line_type like 'SavingsPlan%' as is_of_plan,
        case line_type
            when 'SavingsPlanCoveredUsage' then savings_plan_net_savings_plan_effective_cost is null
            when 'DiscountedUsage' then reservation_net_effective_cost is null
            when 'RIFee' then coalesce(reservation_net_unused_amortized_upfront_fee_for_billing_period,
                reservation_net_unused_recurring_fee) is null
            else false
        end as is_amortised_gross,
        coalesce(product_region_code, product_region, product_location) as region,
        coalesce(product_region_code, product_region) is null and product_location is not null as is_region_by_name,
        coalesce(product_product_name, product_servicename) as product_name,
        nullif(resource_tags, '{}') as native_tags,
        regexp_replace(regexp_replace(native_tags, '([{,]")aws_', '\1aws:', 'g'), '([{,]")user[:_]', '\1', 'g') as tags,
        case
            when split_line_item_parent_resource_id is not null then 'split'
            when line_type = 'Usage' then 'usage'
            when line_type in ('SavingsPlanCoveredUsage', 'DiscountedUsage') then 'covered'
            when line_type in ('RIFee', 'SavingsPlanRecurringFee') then 'recurring_fee'
            when line_type = 'SavingsPlanUpfrontFee' or (line_type = 'Fee' and reservation_arn is not null)
                then 'upfront_fee'
            when line_type = 'Fee' then 'purchase'
            when line_type = 'SavingsPlanNegation' then 'negation'
            when line_type in ('Tax', 'Credit', 'Refund') then lower(line_type)
            when line_type like '%Discount' then 'discount'
            else 'other'
        end as line_kind,
        coalesce(product_sku, if(pricing_rate_code like '%.%', split_part(pricing_rate_code, '.', 1), null)) as sku_id,
        line_kind in ('usage', 'covered', 'recurring_fee', 'upfront_fee', 'purchase')
            and sku_id is not null
            and coalesce(usage_amount, 0) <> 0 as is_priced,
        if(line_kind in ('covered', 'recurring_fee', 'upfront_fee'),
            coalesce(if(is_of_plan, plan_arn, reservation_arn), ''), null) as commitment
    from products
),

-- Picks the keys and values of the map from lists that have the same length in each row. Other ways took longer.
columned as (
    select
        *,
        [
            if(is_priced, null, line_item_usage_amount),
            if(is_priced, null, pricing_rate_code),
            if(is_priced, null, pricing_rate_id),
            if(is_priced, null, pricing_public_on_demand_cost),
            if(is_priced, null, pricing_public_on_demand_rate),
            if(is_priced, null, product_sku),
            if(line_kind = 'usage' and line_item_net_unblended_cost is null, null, line_item_unblended_cost),
            if(line_kind = 'usage' and line_item_net_unblended_cost is null, null, line_item_unblended_rate),
            if(line_kind = 'usage' and line_item_net_unblended_cost is null, null, line_item_net_unblended_cost),
            if(line_kind = 'usage' and line_item_net_unblended_cost is null, null, line_item_net_unblended_rate),
            if(line_kind = 'usage', null, line_item_tax_type)
        ] as texts,
        list_transform(texts, lambda text: text is not null) as present,
        map(list_where(getvariable('kept'), present), list_where(texts, present)) as source_columns
    from lines
),

committed as (
    select
        columned.*,
        coalesce(commitments.is_amortised, false) as is_amortised,
        is_amortised and is_discounted and is_amortised_gross as is_before_discounts,
        coalesce(is_amortised and unused_commitment <> 0, false) as has_unused
    from columned
    left join commitments using (is_of_plan, commitment)
),

named as (
    select
        committed.*,
        part,
        if(part = '/unused', 'unused', line_kind) as kind,
        service_name, service_category, service_subcategory, region_id, region_name,
        coalesce(aws_units.unit, pricing_unit) as unit,
        aws_units.unit <> pricing_unit as is_unit_renamed,
        residual_cost,
        residual_cost is not null as has_residual,
        case
            when kind = 'unused' then 0
            when is_netted then coalesce(residual_cost, 0)
            else native_cost
        end as billed_cost,
        case
            when line_type <> 'SavingsPlanRecurringFee' or native_cost = unblended_cost and unblended_cost <> 0
                then unused_commitment
            when unblended_cost <> 0
                then money(quotient(native_cost, unblended_cost) * cast(unused_commitment as decimal(19, 12)))
            else coalesce(
                money(quotient(
                    nullif(money(savings_plan_net_amortized_upfront_commitment_for_billing_period), 0),
                    nullif(money(savings_plan_amortized_upfront_commitment_for_billing_period), 0)
                ) * cast(unused_commitment as decimal(19, 12))),
                unused_commitment
            )
        end as unused_cost,
        case
            when kind = 'unused' then unused_cost
            when is_netted and kind = 'covered' then native_cost
            when kind = 'covered' then coalesce(
                native_list_cost + coalesce(discount_cost, 0),
                covered_cost,
                billed_cost
            )
            else billed_cost
        end as contracted_cost
    from committed
    join parts using (has_unused)
    left join residuals using (file_no, source_row)
    left join aws_services on line_item_product_code = product_code
    left join aws_units on pricing_unit = native_unit
    left join places using (region)
),

costs as (
    select
        *,
        case
            when kind = 'unused' then unused_cost
            when not is_amortised then billed_cost
            when kind = 'covered' and is_netted then covered_cost + billed_cost
            when kind = 'covered' then covered_cost
            when kind in ('recurring_fee', 'upfront_fee') then 0
            else billed_cost
        end as effective_cost,
        case
            when kind in ('usage', 'covered') then coalesce(
                native_list_cost,
                money(try_cast(list_rate as decimal(19, 12)) * try_cast(usage_amount as decimal(19, 12))),
                contracted_cost
            )
            when kind = 'unused' and is_plan then unused_commitment
            when kind = 'unused' then unused_cost
            when kind in ('recurring_fee', 'upfront_fee', 'purchase') then unblended_cost
            when kind = 'discount' then 0
            else billed_cost
        end as list_cost,
        case
            when kind in ('usage', 'covered') and native_list_cost is null then
                if(list_rate is null, 'contracted cost', 'list rate')
        end as list_cost_from,
        kind in ('covered', 'recurring_fee', 'upfront_fee') and not is_amortised as is_not_amortised,
        is_priced and (part = '' or is_of_plan or coalesce(money(reservation_unused_quantity), 0) > 0) as has_price,
        case
            when not has_price then null
            when kind <> 'unused' then usage_amount
            when is_plan then unused_commitment
            else money(reservation_unused_quantity)
        end as pricing_quantity,
        case
            when not has_price then null
            when kind in ('usage', 'covered') and list_rate >= 0 then list_rate
            when sign(list_cost) * sign(pricing_quantity) >= 0 then divided(list_cost, pricing_quantity)
        end as list_unit_price,
        case
            when kind = 'covered' and not is_netted then if(discount_cost is null, list_rate, null)
            when kind in ('usage', 'covered') then native_rate
        end as contracted_rate,
        case
            when not has_price then null
            when contracted_rate >= 0 then contracted_rate
            when sign(contracted_cost) * sign(pricing_quantity) >= 0 then divided(contracted_cost, pricing_quantity)
        end as contracted_unit_price,
        case
            when kind = 'covered' and is_plan then money(savings_plan_savings_plan_effective_cost)
            when kind = 'covered' then coalesce(money(line_item_normalized_usage_amount), usage_amount)
            when kind = 'unused' and is_plan then unused_commitment
            when kind = 'unused' then
                money(coalesce(reservation_unused_normalized_unit_quantity, reservation_unused_quantity))
            when kind = 'recurring_fee' and is_plan then money(if(line_type = 'SavingsPlanRecurringFee',
                savings_plan_total_commitment_to_date, savings_plan_savings_plan_effective_cost))
            when kind = 'upfront_fee' and is_plan then unblended_cost
            when kind in ('recurring_fee', 'upfront_fee') then
                coalesce(
                    money(coalesce(reservation_total_reserved_normalized_units, reservation_total_reserved_units)),
                    if(line_type = 'Fee', money(coalesce(reservation_number_of_reservations, line_item_usage_amount))
                        * coalesce(
                            cast(coalesce(reservation_normalized_units_per_reservation,
                                reservation_units_per_reservation) as decimal(17, 0)),
                            24 * date_diff('day', line_item_usage_start_date, line_item_usage_start_date
                                + to_years(cast(replace(pricing_lease_contract_length, 'yr', '') as integer)))
                        ), null)
                )
        end as commitment_quantity,
        coalesce(line_item_normalized_usage_amount, reservation_total_reserved_normalized_units,
            reservation_unused_normalized_unit_quantity) is not null
            or (line_type = 'Fee' and reservation_total_reserved_units is null
                and reservation_normalized_units_per_reservation is not null) as is_normalized,
        pricing_purchase_option is not distinct from 'Spot' or pricing_term is not distinct from 'Spot'
            or coalesce(line_item_usage_type, '') like '%SpotUsage%' as is_spot,
        kind in ('unused', 'recurring_fee', 'upfront_fee') as is_commitment,
        if(kind in ('usage', 'split', 'discount', 'tax'), null, coalesce(plan_arn, reservation_arn)) as commitment_id,
        if(has_price, coalesce(pricing_rate_code, pricing_rate_id, sku_id), null) as sku_price_id,
        coalesce(pricing_currency = line_item_currency_code, true) as is_one_currency,
        bill_billing_entity is not distinct from 'AWS Marketplace' as is_marketplace,
        coalesce(if(is_commitment, commitment_id, null), split_line_item_parent_resource_id, line_item_resource_id)
            as resource_id,
        if(resource_id like 'arn:%', split_part(resource_id, ':', 6), null) as arn_type
    from named
)

select
    if(kind = 'split', '{"Elements":[{' || concat_ws(',',
        '"AllocatedRatio":' || money(split_line_item_split_usage_ratio),
        member('UsageUnit', unit),
        '"UsageQuantity":' || money(split_line_item_split_usage)) || '}]}', null) as AllocatedMethodDetails,
    if(kind = 'split', 'aws-split-cost-allocation', null) as AllocatedMethodId,
    if(kind = 'split', line_item_resource_id, null) as AllocatedResourceId,
    if(kind = 'split', line_item_resource_id, null) as AllocatedResourceName,
    cast(null as varchar) as AllocatedTags,
    nullif(line_item_availability_zone, region) as AvailabilityZone,
    money(billed_cost) as BilledCost,
    bill_payer_account_id as BillingAccountId,
    bill_payer_account_name as BillingAccountName,
    'Payer Account' as BillingAccountType,
    line_item_currency_code as BillingCurrency,
    exclusive_end(bill_billing_period_end_date) as BillingPeriodEnd,
    bill_billing_period_start_date as BillingPeriodStart,
    cast(null as varchar) as CapacityReservationId,
    cast(null as varchar) as CapacityReservationStatus,
    case
        when kind in ('usage', 'covered', 'unused', 'split', 'discount') then 'Usage'
        when kind in ('recurring_fee', 'upfront_fee', 'purchase') then 'Purchase'
        when kind = 'tax' then 'Tax'
        when kind = 'credit' then 'Credit'
        when kind = 'refund' and coalesce(plan_arn, reservation_arn) is not null then 'Purchase'
        when kind = 'refund' and line_item_tax_type is not null then 'Tax'
        when kind = 'refund' then 'Usage'
        else 'Adjustment'
    end as ChargeCategory,
    if(kind = 'refund' and line_item_usage_start_date < bill_billing_period_start_date, 'Correction', null) as ChargeClass,
    line_item_line_item_description as ChargeDescription,
    case
        when kind = 'recurring_fee' then 'Recurring'
        when kind in ('usage', 'covered', 'unused', 'split', 'discount', 'negation') then 'Usage-Based'
        else 'One-Time'
    end as ChargeFrequency,
    exclusive_end(coalesce(line_item_usage_end_date, bill_billing_period_end_date)) as ChargePeriodEnd,
    line_item_usage_start_date as ChargePeriodStart,
    if(commitment_id is null, null, if(is_plan, 'Spend', 'Usage')) as CommitmentDiscountCategory,
    commitment_id as CommitmentDiscountId,
    cast(null as varchar) as CommitmentDiscountName,
    money(if(commitment_id is null, null, commitment_quantity)) as CommitmentDiscountQuantity,
    case
        when commitment_id is null then null
        when kind = 'covered' then 'Used'
        when kind = 'unused' then 'Unused'
    end as CommitmentDiscountStatus,
    if(commitment_id is null, null, if(is_plan, 'Savings Plan', 'Reserved Instance')) as CommitmentDiscountType,
    case
        when commitment_id is null or commitment_quantity is null then null
        when is_plan then line_item_currency_code
        when is_normalized then 'Normalized Hours'
        when kind = 'upfront_fee' then 'Hours'
        else coalesce(unit, 'Hours')
    end as CommitmentDiscountUnit,
    cast(null as varchar) as CommitmentProgramEligibilityDetails,
    if(kind in ('usage', 'covered'), usage_amount, null) as ConsumedQuantity,
    if(kind in ('usage', 'covered') and usage_amount is not null, coalesce(unit, 'Units'), null) as ConsumedUnit,
    cast(null as varchar) as ContractApplied,
    money(contracted_cost) as ContractedCost,
    money(contracted_unit_price) as ContractedUnitPrice,
    money(effective_cost) as EffectiveCost,
    if(is_marketplace, coalesce(line_item_legal_entity, bill_billing_entity), 'AWS') as HostProviderName,
    cast(null as varchar) as InvoiceDetailId,
    bill_invoice_id as InvoiceId,
    coalesce(bill_invoicing_entity, bill_billing_entity, 'AWS') as InvoiceIssuerName,
    money(list_cost) as ListCost,
    money(list_unit_price) as ListUnitPrice,
    case
        when not has_price then null
        when kind in ('covered', 'unused') then 'Committed'
        when is_spot then 'Dynamic'
        else 'Standard'
    end as PricingCategory,
    coalesce(pricing_currency, line_item_currency_code) as PricingCurrency,
    money(if(is_one_currency, contracted_unit_price, null)) as PricingCurrencyContractedUnitPrice,
    money(if(is_one_currency, effective_cost, null)) as PricingCurrencyEffectiveCost,
    money(if(is_one_currency, list_unit_price, null)) as PricingCurrencyListUnitPrice,
    pricing_quantity as PricingQuantity,
    case
        when pricing_quantity is null then null
        when kind = 'unused' and is_plan then line_item_currency_code
        else coalesce(unit, 'Units')
    end as PricingUnit,
    coalesce(region_id, if(is_region_by_name, null, region)) as RegionId,
    region_name as RegionName,
    resource_id as ResourceId,
    cast(null as varchar) as ResourceName,
    case
        when resource_id is null then null
        when is_commitment then if(is_plan, 'Savings Plan', 'Reserved Instance')
        when arn_type like '%/%' then split_part(arn_type, '/', 1)
        when arn_type <> '' and split_part(resource_id, ':', 7) <> '' then arn_type
        when resource_id like 'i-%' then 'instance'
        when resource_id like 'vol-%' then 'volume'
        when resource_id like 'snap-%' then 'snapshot'
        when line_item_product_code = 'AmazonS3' then 'bucket'
        else coalesce(product_product_family, service_name)
    end as ResourceType,
    coalesce(service_category, 'Other') as ServiceCategory,
    coalesce(service_name, product_name, line_item_product_code, bill_billing_entity, 'AWS') as ServiceName,
    HostProviderName as ServiceProviderName,
    coalesce(service_subcategory, 'Other (Other)') as ServiceSubcategory,
    if(kind = 'tax', null, sku_id) as SkuId,
    if(sku_id is null or kind = 'tax', null, line_item_usage_type) as SkuMeter,
    if(sku_price_id is null or coalesce(product_instance_type, product_vcpu, product_operating_system,
        product_storage_class, product_gpu, product_volume_type, product_deployment_option, product_database_engine,
        savings_plan_purchase_term, pricing_lease_contract_length) is null, null,
    '{' || concat_ws(',',
        member('CoreCount', try_cast(product_vcpu as integer)),
        member('GpuCount', try_cast(product_gpu as integer)),
        member('InstanceSeries', product_instance_type_family),
        member('InstanceType', product_instance_type),
        '"MemorySize":' || try_cast(replace(replace(product_memory, ' GiB', ''), ',', '') as decimal(18, 3)),
        member('OperatingSystem', product_operating_system),
        member('StorageClass', product_storage_class),
        member('x_DatabaseEngine', product_database_engine),
        member('x_DeploymentOption', product_deployment_option),
        member('x_PaymentOption', coalesce(savings_plan_payment_option, pricing_purchase_option)),
        member('x_PurchaseTerm', coalesce(savings_plan_purchase_term, pricing_lease_contract_length)),
        member('x_Tenancy', product_tenancy),
        member('x_VolumeType', product_volume_type)
    ) || '}') as SkuPriceDetails,
    sku_price_id as SkuPriceId,
    line_item_usage_account_id as SubAccountId,
    line_item_usage_account_name as SubAccountName,
    if(line_item_usage_account_id is null, null, 'Linked Account') as SubAccountType,
    tags as Tags,
    '{{source}}/{{delivery}}/' || file_no || '/' || source_row || part as x_ChargeId,
    cast(line_item_usage_start_date as date) as x_ChargeDate,
    '{{source}}' as x_SourceId,
    'aws-cur' as x_SourceKind,
    cast(null as varchar) as x_FocusVersion,
    '{{delivery}}' as x_DeliveryId,
    source_file as x_SourceFile,
    source_row as x_SourceRow,
    list_filter([
        if(kind = 'negation' or (kind = 'covered' and is_plan), 'billed_cost_netted_with_savings_plan', null),
        if(has_residual, 'netting_residual_kept', null),
        if(kind = 'unused', 'unused_part_split_from_fee', null),
        if(kind in ('recurring_fee', 'upfront_fee') and not is_not_amortised, 'effective_cost_moved_to_what_is_covered', null),
        if(is_not_amortised, 'effective_cost_from_billed_cost', null),
        if(is_before_discounts, 'effective_cost_before_discounts', null),
        if(list_cost_from = 'contracted cost', 'list_cost_from_contracted_cost', null),
        if(list_cost_from = 'list rate', 'list_cost_from_list_rate', null),
        if(kind = 'split', 'split_cost_stays_with_parent', null),
        if(kind = 'other', 'line_item_type_unknown', null),
        if(is_unit_renamed and has_price, 'unit_renamed', null),
        if(has_price and unit is null, 'unit_assumed', null),
        if(sku_price_id = sku_id, 'sku_price_id_from_sku', null),
        if(product_sku is null and sku_id is not null and has_price, 'sku_id_from_rate_code', null),
        if(bill_invoicing_entity is null, 'invoice_issuer_from_billing_entity', null),
        if(line_item_usage_end_date is null, 'charge_period_end_from_billing_period', null),
        if(is_last_second(line_item_usage_end_date), 'charge_period_end_made_exclusive', null),
        if(is_last_second(bill_billing_period_end_date), 'billing_period_end_made_exclusive', null),
        if(is_region_by_name and region_id is not null, 'region_id_from_region_name', null),
        if(service_name is null, 'service_unknown', null),
        if(tags <> native_tags, 'tag_key_prefix_changed', null)
    ], lambda change: change is not null) as x_SourceChanges,
    line_type as x_LineItemType,
    line_item_usage_type as x_UsageType,
    line_item_operation as x_Operation,
    source_columns as x_SourceColumns
from costs;
